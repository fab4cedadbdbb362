import { describe, it } from 'vitest';
import { proxyFromEnvironment } from '#src/rest/config/proxy-from-environment.ts';
import { serverUrl } from '#src/kubeconfig/context/server-url.ts';
import { decodeKubeConfig } from '#src/kubeconfig/file/decode-kube-config.ts';
import { execCredential } from '#src/kubeconfig/login/exec-credential.ts';
import { isFresh } from '#src/kubeconfig/login/id-token.ts';
import { checkGrowth } from './growth.ts';
import { outcome } from './outcome.ts';

const apiVersion = 'client.authentication.k8s.io/v1';
const answer = (status: object): string => JSON.stringify({ apiVersion, kind: 'ExecCredential', status });
const user = (entry: object): Uint8Array => Buffer.from(JSON.stringify({ users: [{ name: 'u', user: entry }] }));
const used = { name: 'c', context: {}, clusterName: 'k', userName: '', user: undefined, userFile: undefined };

const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  'a kubeconfig': (text) => decodeKubeConfig(Buffer.from(text)),
  'a token': (text) => decodeKubeConfig(user({ token: text })),
  'data of a kubeconfig': (text) => decodeKubeConfig(user({ 'client-key-data': text })),
  'the address of a server': (text) => serverUrl({ ...used, cluster: { server: `https://a${text}` } }),
  'the answer of a plugin': (text) => execCredential(text, apiVersion),
  'the token of a plugin': (text) => execCredential(answer({ token: text }), apiVersion),
  'the end of what a plugin gave': (text) =>
    execCredential(answer({ token: 'a', expirationTimestamp: `2026-01-01T00:00:00.${text}` }), apiVersion),
  'an ID token': (text) => isFresh(text, 0),
  'the list of NO_PROXY': (text) =>
    proxyFromEnvironment(new URL('https://a.example'), { HTTPS_PROXY: 'http://p:1', NO_PROXY: text }),
};

describe.each(Object.entries(parsers))('%s is read in time that is in proportion to its text', (_, parse) => {
  it.each<readonly [string, (size: number) => string]>([
    ['letters', (size) => 'a'.repeat(size)],
    ['base64 that ends wrongly', (size) => `${'AAAA'.repeat(size / 4)}=%`],
    ['dots', (size) => 'a.'.repeat(size / 2)],
    ['digits', (size) => '9'.repeat(size)],
    ['commas', (size) => 'a.b:1,'.repeat(size / 6)],
    ['networks', (size) => '10.0.0.0/8,'.repeat(size / 11)],
    ['brackets', (size) => '[::1]'.repeat(size / 5)],
    ['line ends', (size) => '\n'.repeat(size)],
    ['a list', (size) => `users:\n${'- name: a\n'.repeat(size / 10)}`],
    ['comments', (size) => '# a\n'.repeat(size / 4)],
    ['escapes', (size) => `"${'\\u0041'.repeat(size / 6)}"`],
  ])('%s', (__, text) => {
    checkGrowth((size) => {
      const input = text(size);
      return outcome(() => parse(input));
    }, 2000);
  });
});
