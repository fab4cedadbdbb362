import { type KubeConfigCase, one, titles, trusted } from './kubeconfig-case.ts';

const token = { token: 'one' };
const at = (server: string, user: object = token): KubeConfigCase['files'] => ({
  config: one({ ...trusted, server }, user),
});
const over = (server: string, user: object = token): KubeConfigCase['files'] => ({ config: one({ server }, user) });

/** Addresses of servers. */
export const servers: readonly KubeConfigCase[] = [
  { name: 'plain http, and a token', files: over('http://{{http}}') },
  { name: 'plain http, and somebody else', files: over('http://{{http}}', { ...token, as: 'admin' }) },
  { name: 'plain http, and a CA', files: at('http://{{http}}') },
  { name: 'host:port', files: over('{{http}}') },
  { name: 'host:port, and a CA', files: at('{{http}}') },
  { name: 'host:port and a path', files: over('{{http}}/prefix'), refused: 'Server' },
  { name: 'a slash at the end', files: at('https://{{https}}/') },
  { name: 'a path', files: at('https://{{https}}/prefix/of/it') },
  { name: 'a path with a slash at its end', files: at('https://{{https}}/prefix/') },
  { name: 'a path and a query', files: at('https://{{https}}/prefix?a=1#b') },
  { name: 'a query', files: at('https://{{https}}?a=1') },
  { name: 'a scheme in capitals', files: at('HTTPS://{{https}}') },
  { name: 'another scheme', files: at('ftp://{{https}}'), refused: 'Server' },
  { name: 'white space before it', files: at(' https://{{https}}'), refused: 'Server' },
  { name: 'a line end behind it', files: at('https://{{https}}\n'), refused: 'Server' },
  { name: 'no host', files: at('https://'), refused: 'Server' },
  {
    name: 'a name and a password in the address',
    files: at('https://name:word@{{https}}', { 'client-certificate-data': '{{cert}}', 'client-key-data': '{{key}}' }),
    differs: { title: titles.basic, kuberx: 'Server' },
  },
  { name: 'no CA, and so that of the system', files: over('https://{{https}}'), refused: 'Network' },
  { name: 'disable-compression', files: { config: one({ ...trusted, 'disable-compression': true }, token) } },
];
