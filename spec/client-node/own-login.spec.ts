import { Agent, type IncomingHttpHeaders } from 'node:http';
import * as clientNode from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { connectionOf } from 'kuberx/client-node';
import { guarded } from '../rest/guarded.ts';
import { answered, clientOf, failure, sent } from '../rest/outcomes.ts';
import { httpsServer } from '../rest/servers.ts';
import { kubeConfigOf } from './kube-config-of.ts';

type Options = Parameters<clientNode.KubeConfig['applyToHTTPSOptions']>[0];

/** An authenticator for users with an auth-provider of this name, and how often it was asked. */
const authenticator = (name: string, apply: (options: Options) => void) => {
  let asked = 0;
  return {
    asked: () => asked,
    isAuthProvider: ({ authProvider }: clientNode.User) => (authProvider as { name?: string } | null)?.name === name,
    applyAuthentication: (_user: clientNode.User, options: Options) => {
      asked += 1;
      apply(options);
      return Promise.resolve();
    },
  };
};
const withToken = (token: string) => (options: Options) => Object.assign(options.headers!, { Authorization: token });

describe('an authenticator that was added to a KubeConfig', () => {
  it.each(['mine', 'gcp', 'azure'])('lets its user in, whose auth-provider is %s', async (name) => {
    const server = await guarded(() => true, 'https');
    const kubeConfig = kubeConfigOf(server.url, { authProvider: { name, config: { nested: { deep: 1 } } } });
    kubeConfig.addAuthenticator(authenticator(name, withToken('Bearer of-mine')));
    await answered(clientOf(connectionOf(kubeConfig)));
    expect(server.shown).toEqual(['Bearer of-mine']);
  });

  it('is asked for each request, and once more after a 401', async () => {
    const server = await guarded((token) => token === 'Bearer 2', 'https');
    const kubeConfig = kubeConfigOf(server.url, { authProvider: { name: 'mine' } });
    const mine = authenticator('mine', (options) => withToken(`Bearer ${mine.asked()}`)(options));
    kubeConfig.addAuthenticator(mine);
    expect(await answered(clientOf(connectionOf(kubeConfig)))).toMatchObject({ status: 200 });
    expect(server.shown).toEqual(['Bearer 1', 'Bearer 2']);
  });

  it('counts from the next request on, where it is added later', async () => {
    const server = await guarded(() => true, 'https');
    const kubeConfig = kubeConfigOf(server.url);
    const sent = clientOf(connectionOf(kubeConfig));
    await answered(sent);
    kubeConfig.addAuthenticator({ ...authenticator('', withToken('Bearer of-mine')), isAuthProvider: () => true });
    await answered(sent);
    expect(server.shown).toEqual([undefined, 'Bearer of-mine']);
  });

  it('goes behind a token of the user, as in client-node', async () => {
    const server = await guarded(() => true, 'https');
    const kubeConfig = kubeConfigOf(server.url, { token: 'own', authProvider: { name: 'mine' } });
    kubeConfig.addAuthenticator(authenticator('mine', withToken('Bearer of-mine')));
    await answered(clientOf(connectionOf(kubeConfig)));
    expect(server.shown).toEqual(['Bearer own']);
  });

  it('sends nothing to a server of plain http', async () => {
    const server = await guarded(() => true);
    const kubeConfig = kubeConfigOf(server.url, { authProvider: { name: 'mine' } });
    const mine = authenticator('mine', withToken('Bearer of-mine'));
    kubeConfig.addAuthenticator(mine);
    const warnings: string[] = [];
    await answered(clientOf(connectionOf(kubeConfig, { onWarning: (warning) => warnings.push(warning) })));
    expect({ shown: server.shown, asked: mine.asked() }).toEqual({ shown: [undefined], asked: 0 });
    expect(warnings[0]).toContain('is plain http');
  });

  it('fails the request with no word of its own, which may be secret', async () => {
    const kubeConfig = kubeConfigOf('https://127.0.0.1:1', { authProvider: { name: 'mine' } });
    kubeConfig.addAuthenticator(
      authenticator('mine', () => {
        throw new Error('hunter2');
      }),
    );
    const error = await failure(sent(clientOf(connectionOf(kubeConfig))));
    expect(error.message).toBe('v1/pods: the credentials of the user u could not be read or refreshed');
  });

  it('fails the request where its header can be none', async () => {
    const kubeConfig = kubeConfigOf('https://127.0.0.1:1', { authProvider: { name: 'mine' } });
    kubeConfig.addAuthenticator(authenticator('mine', withToken('Bearer hunter2\n')));
    const error = await failure(sent(clientOf(connectionOf(kubeConfig))));
    expect(error.message).toMatch(/have characters that no header can have, such as a line end$/);
  });

  it('does not change that the auth-provider of another user is refused', () => {
    const kubeConfig = kubeConfigOf('https://127.0.0.1:1', { authProvider: { name: 'azure' } });
    kubeConfig.addAuthenticator(authenticator('mine', withToken('Bearer of-mine')));
    expect(() => connectionOf(kubeConfig)).toThrow(expect.objectContaining({ reason: 'AuthProvider' }));
  });
});

describe('applyToHTTPSOptions that was overridden', () => {
  class Own extends clientNode.KubeConfig {
    change: (options: Options) => void = () => undefined;

    override async applyToHTTPSOptions(options: Options): Promise<void> {
      await super.applyToHTTPSOptions(options);
      this.change(options);
    }
  }
  const ownOf = (server: string, user: object, change: (options: Options) => void = () => undefined): Own => {
    const kubeConfig = Object.assign(new Own(), { change });
    const { clusters, users, contexts, currentContext } = kubeConfigOf(server, user);
    return Object.assign(kubeConfig, { clusters, users, contexts, currentContext });
  };

  it('decides the headers of each request', async () => {
    const seen: IncomingHttpHeaders[] = [];
    const server = await httpsServer((request, response) => {
      seen.push(request.headers);
      response.end();
    });
    const kubeConfig = ownOf(server.url, { token: 'own', impersonateUser: 'admin' }, ({ headers }) =>
      Object.assign(headers!, { 'X-Tenant': 'a' }),
    );
    await answered(clientOf(connectionOf(kubeConfig)));
    expect(seen[0]).toMatchObject({ authorization: 'Bearer own', 'impersonate-user': 'admin', 'x-tenant': 'a' });
  });

  it('decides the TLS settings', async () => {
    const server = await httpsServer((_request, response) => response.end('ok'));
    const kubeConfig = ownOf(server.url, {}, (options) => Object.assign(options, { servername: 'elsewhere.test' }));
    const error = await failure(sent(clientOf(connectionOf(kubeConfig))));
    expect(error.message).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('sends nothing to a server of plain http, which client-node itself refuses', async () => {
    const server = await guarded(() => true);
    const kubeConfig = ownOf(server.url, { token: 'own' });
    await answered(clientOf(connectionOf(kubeConfig, { onWarning: () => undefined })));
    await answered(clientOf(connectionOf(kubeConfig, { allowInsecureCredentials: true })));
    expect(server.shown).toEqual([undefined, 'Bearer own']);
  });

  it('fails the request where it sets an agent, which would not be used', async () => {
    const kubeConfig = ownOf('https://127.0.0.1:1', {}, (options) => Object.assign(options, { agent: new Agent() }));
    const error = await failure(sent(clientOf(connectionOf(kubeConfig))));
    expect(error.message).toContain('applyToHTTPSOptions of the KubeConfig sets an agent, which is not used here');
  });

  it('fails the request where it gives a password', async () => {
    const kubeConfig = ownOf('https://127.0.0.1:1', { username: 'me', password: 'hunter2' });
    const error = await failure(sent(clientOf(connectionOf(kubeConfig))));
    expect(error.message).toBe('v1/pods: the user has a password, which no server takes since Kubernetes 1.19');
  });
});
