import { type KubeConfigCase, one, titles, trusted } from './kubeconfig-case.ts';

const token = { token: 'one' };
const by = (proxyUrl: string, cluster: object = {}): KubeConfigCase['files'] => ({
  config: one({ ...trusted, 'proxy-url': proxyUrl, ...cluster }, token),
});
/** A name that only the proxies know. */
const named = { ...trusted, server: 'https://kubernetes.test:{{httpsPort}}', 'tls-server-name': 'localhost' };
const direct = { config: one(trusted, token) };
const far = { config: one(named, token) };

/** Proxies of clusters and of the environment. */
export const proxies: readonly KubeConfigCase[] = [
  { name: 'a proxy', files: by('http://{{proxy}}') },
  { name: 'a proxy, and a slash behind it', files: by('http://{{proxy}}/') },
  { name: 'a proxy that is spoken to over TLS', files: by('https://{{secureProxy}}') },
  {
    name: 'a proxy over TLS, whose certificate is not trusted',
    files: by('https://{{secureProxy}}', { 'certificate-authority-data': '{{cert}}' }),
    refused: 'Network',
  },
  {
    name: 'a proxy over TLS, and insecure-skip-tls-verify',
    files: by('https://{{secureProxy}}', { 'certificate-authority-data': '', 'insecure-skip-tls-verify': true }),
  },
  { name: 'a proxy with a name and a password', files: by('http://jane:p%40ss@{{askingProxy}}') },
  { name: 'a proxy that asks for a name', files: by('http://{{askingProxy}}'), refused: 'Network' },
  { name: 'a proxy that is not there', files: by('http://127.0.0.1:1'), refused: 'ConnectionRefused' },
  { name: 'a socks5 proxy', files: by('socks5://{{socks}}') },
  { name: 'a socks5 proxy with a name and a password', files: by('socks5://jane:p%40ss@{{askingSocks}}') },
  { name: 'a socks5 proxy that asks for a name', files: by('socks5://{{askingSocks}}'), refused: 'Network' },
  { name: 'a socks5 proxy that looks names up', files: by('socks5h://{{socks}}'), refused: 'Proxy' },
  { name: 'a proxy of another scheme', files: by('ftp://{{proxy}}'), refused: 'Proxy' },
  { name: 'a proxy without a scheme', files: by('{{proxy}}'), refused: 'Proxy' },
  { name: 'a proxy without an address', files: by('http://'), refused: 'Proxy' },
  { name: 'a proxy before a server of plain http', files: by('http://{{proxy}}', { server: 'http://{{http}}' }) },
  {
    name: 'a proxy with a name before a server of plain http',
    files: by('http://jane:p%40ss@{{askingProxy}}', { server: 'http://{{http}}/prefix' }),
  },
  {
    name: 'a proxy over TLS before a server of plain http',
    files: by('https://{{secureProxy}}', { server: 'http://{{http}}' }),
    differs: {
      title: titles.plainBehindTls,
      kuberx: { path: '/version', scheme: 'http', proxy: 'https GET {{http}}' },
    },
  },
  {
    name: 'a socks5 proxy before a server of plain http',
    files: by('socks5://{{socks}}', { server: 'http://{{http}}' }),
  },
  { name: 'HTTPS_PROXY', files: far, env: { HTTPS_PROXY: 'http://{{proxy}}' } },
  { name: 'https_proxy', files: far, env: { https_proxy: 'http://{{proxy}}' } },
  { name: 'HTTPS_PROXY without a scheme', files: far, env: { HTTPS_PROXY: '{{proxy}}' } },
  {
    name: 'HTTPS_PROXY in both letters',
    files: far,
    env: { HTTPS_PROXY: 'http://{{proxy}}', https_proxy: 'http://127.0.0.1:1' },
  },
  { name: 'HTTPS_PROXY over TLS', files: far, env: { HTTPS_PROXY: 'https://{{secureProxy}}' } },
  { name: 'HTTPS_PROXY, and this machine', files: direct, env: { HTTPS_PROXY: 'http://127.0.0.1:1' } },
  { name: 'HTTP_PROXY, and a server over TLS', files: direct, env: { HTTP_PROXY: 'http://127.0.0.1:1' } },
  { name: 'ALL_PROXY', files: direct, env: { ALL_PROXY: 'http://127.0.0.1:1' } },
  {
    name: 'HTTP_PROXY',
    files: { config: one({ server: 'http://kubernetes.test:{{httpPort}}' }) },
    env: { HTTP_PROXY: 'http://{{proxy}}' },
  },
  {
    name: 'HTTPS_PROXY, and what NO_PROXY does not list',
    files: far,
    env: { HTTPS_PROXY: 'http://{{proxy}}', NO_PROXY: 'netes.test,.kubernetes.test,10.0.0.0/8,kubernetes.test:1' },
  },
  {
    name: 'HTTPS_PROXY, and a proxy of the cluster',
    files: { config: one({ ...named, 'proxy-url': 'http://{{proxy}}' }, token) },
    env: { HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: '*' },
  },
];
