import { describe, it } from 'vitest';
import { checkedConfig } from '#src/rest/config/checked-config.ts';
import { inClusterConfig } from '#src/rest/config/in-cluster-config.ts';
import { hasCertificate, hasKey } from '#src/rest/config/pem.ts';
import { checkGrowth } from './growth.ts';
import { outcome } from './outcome.ts';

const server = 'https://10.0.0.1:6443';
const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  'a certificate': hasCertificate,
  'a key': hasKey,
  'the address of a server': (text) => checkedConfig({ server: `${server}${text}` }),
  'a token': (text) => checkedConfig({ server, token: text }),
  'the path of a file': (text) => checkedConfig({ server, tokenFile: text }),
  'the name of an option': (text) => checkedConfig({ server, [text]: 1 }),
  'the host of a cluster': (text) =>
    inClusterConfig({ env: { KUBERNETES_SERVICE_HOST: text, KUBERNETES_SERVICE_PORT: '443' }, directory: '/none' }),
  'the port of a cluster': (text) =>
    inClusterConfig({ env: { KUBERNETES_SERVICE_HOST: 'a', KUBERNETES_SERVICE_PORT: text }, directory: '/none' }),
};

describe.each(Object.entries(parsers))('%s is read in time that is in proportion to its text', (_, parse) => {
  it.each<readonly [string, (size: number) => string]>([
    ['dashes', (size) => '-'.repeat(size)],
    ['beginnings', (size) => '-----BEGIN '.repeat(size / 11)],
    ['a long type', (size) => `-----BEGIN ${'A'.repeat(size)}`],
    ['long types', (size) => `-----BEGIN ${'A'.repeat(100)}`.repeat(size / 111)],
    ['keys that are encrypted', (size) => '-----BEGIN PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED'.repeat(size / 50)],
    ['blanks after a key', (size) => `-----BEGIN PRIVATE KEY-----${' '.repeat(size)}Proc-Type: 4,ENCRYPTED`],
    ['slashes', (size) => `${'/'.repeat(size)}a`],
    ['a token', (size) => `eyJ${'a'.repeat(size)}.`],
    ['dots', (size) => `eyJ${'.a'.repeat(size / 2)}`],
    ['digits', (size) => '9'.repeat(size)],
    ['blanks', (size) => `a${' '.repeat(size)}b`],
    ['line ends', (size) => '\n'.repeat(size)],
  ])('%s', (__, text) => {
    checkGrowth((size) => {
      const input = text(size);
      return outcome(() => parse(input));
    }, 5000);
  });
});
