import { KubeConfig, type User } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { entriesOf as entriesWith } from '#src/client-node/entries-of.ts';

const entriesOf = (kubeConfig: KubeConfig) => entriesWith(kubeConfig, 'x', () => false);

const of = (entries: object): KubeConfig => Object.assign(new KubeConfig(), { currentContext: 'x' }, entries);
const userOf = (user: object): unknown => entriesOf(of({ users: [{ name: 'u', ...user }] })).users.get('u');

describe('entriesOf', () => {
  it('takes the names of client-node and those of the file', () => {
    const byClientNode = { name: 'c', server: 'https://a', caFile: '/ca', skipTLSVerify: true, tlsServerName: 'b', proxyUrl: 'http://p' }; // prettier-ignore
    const byFile = {
      name: 'd',
      server: 'https://a',
      'certificate-authority': '/ca',
      'insecure-skip-tls-verify': true,
      'tls-server-name': 'b',
      'proxy-url': 'http://p',
    };
    const { clusters } = entriesOf(of({ clusters: [byClientNode, byFile] }));
    const { name: _name, ...expected } = byFile;
    expect([clusters.get('c'), clusters.get('d')]).toEqual([expected, expected]);
  });

  it('takes entries that stand as in a file', () => {
    const entries = {
      clusters: [{ name: 'c', cluster: { server: 'https://a' } }],
      users: [{ name: 'u', user: { token: 'one' } }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u', namespace: 'n' } }],
    };
    const { clusters, users, contexts } = entriesOf(of(entries));
    expect([clusters.get('c'), users.get('u'), contexts.get('x')]).toEqual([
      { server: 'https://a' },
      { token: 'one' },
      { cluster: 'c', user: 'u', namespace: 'n' },
    ]);
  });

  it.each<[string, object, object]>([
    ['groups of impersonation', { impersonateUser: 'a', 'as-groups': ['b'] }, { as: 'a', 'as-groups': ['b'] }],
    ['a token file', { tokenFile: '/t' }, { tokenFile: '/t' }],
    [
      'a token file of a pod',
      { authProvider: { name: 'tokenFile', config: { tokenFile: '/t' } } },
      { tokenFile: '/t' },
    ],
    [
      'a plugin as an auth-provider',
      { authProvider: { name: 'exec', config: { exec: { command: 'a' } } } },
      { exec: { command: 'a' } },
    ],
    ['what the loader leaves empty', { token: null, password: undefined, username: '' }, {}],
  ])('reads %s of a user', (_, user, expected) => {
    expect(userOf(user)).toEqual(expected);
  });

  it('reads what stands behind a getter, also of a class', () => {
    class Rotating {
      readonly name = 'u';
      get token(): string {
        return 'today';
      }
    }
    expect(entriesOf(of({ users: [new Rotating() satisfies User] })).users.get('u')).toEqual({ token: 'today' });
  });

  it('finds the first of a name, as client-node does', () => {
    expect(entriesOf(of({ users: [{ name: 'u', token: 'one' }, { name: 'u', token: 'two' }] })).users.get('u')).toEqual({ token: 'one' }); // prettier-ignore
  });

  it.each<[object, string]>([
    [{ users: [{ name: 'u', token: 12345 }] }, 'users[0].token is not a string'],
    [
      { clusters: [{ name: 'c', server: 'https://a', caData: '%' }] },
      'clusters[0].certificate-authority-data is not base64',
    ],
    [{ clusters: [{ server: 'https://a' }] }, 'clusters[0].name is not a string'],
    [{ contexts: {} }, 'contexts is not a list'],
  ])('refuses what is of another kind: %j', (entries, words) => {
    expect(() => entriesOf(of(entries))).toThrow(
      expect.objectContaining({ name: 'KubeConfigError', reason: 'Syntax' }),
    );
    expect(() => entriesOf(of(entries))).toThrow(words);
  });
});
