import { execFile } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { directory } from '../rest/directory.ts';
import { httpsServer, tcpServer } from '../rest/servers.ts';
import { certificate } from '../rest/test-certificate.ts';

const secret = 's3cret';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const apiVersion = 'client.authentication.k8s.io/v1';

/** A program that uses each context, and prints all that it can of how that fails. */
const program = (file: string): string => `
  import { inspect } from 'node:util';
  import { filter, firstValueFrom } from 'rxjs';
  import { sharedInformer } from 'kuberx';
  import { loadKubeConfig } from 'kuberx/kubeconfig';
  import { listWatch } from 'kuberx/rest';

  const kubeConfig = loadKubeConfig({ files: ${JSON.stringify(file)} });
  const print = (...values) => {
    for (const value of values) console.log(value, JSON.stringify(value), inspect(value, { depth: 9, showHidden: true }));
  };
  for (const name of kubeConfig.contexts.keys()) {
    try {
      const informer = sharedInformer(listWatch(kubeConfig.use(name), 'v1/pods'));
      const connection = informer.connect();
      const status = await firstValueFrom(informer.status$.pipe(filter(({ lastError }) => lastError !== undefined)));
      print(status, status.lastError, String(status.lastError.stack));
      console.log('## ' + name + ' ' + status.lastError.reason);
      connection.unsubscribe();
    } catch (error) {
      print(error, String(error.stack));
      console.log('## ' + name + ' ' + error.reason);
    }
  }
`;

describe('A program that fails to connect', () => {
  it('prints no secret of its kubeconfig, whatever it prints, and sends none to a server of plain http', async () => {
    const sent: Buffer[] = [];
    const plain = await tcpServer((socket) => {
      socket.on('data', (bytes: Buffer) => {
        sent.push(bytes);
        socket.end('HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n');
      });
    });
    const { url: refusing } = await httpsServer((_request, response) => response.writeHead(401).end());
    const place = directory();
    const plugin = (name: string, lines: string): object => {
      writeFileSync(path.join(place, name), `#!/bin/sh\n${lines}\n`);
      chmodSync(path.join(place, name), 0o755);
      const env = [{ name: 'SECRET', value: secret }];
      return { exec: { apiVersion, command: `./${name}`, args: [secret], env, interactiveMode: 'Never' } };
    };
    const answer = JSON.stringify({ apiVersion, kind: 'ExecCredential', status: { token: secret } });
    const oidc = {
      name: 'oidc',
      config: {
        'idp-issuer-url': 'https://127.0.0.1:1',
        'client-id': 'id',
        'client-secret': secret,
        'refresh-token': secret,
      },
    };
    const trusted = { server: refusing, 'certificate-authority-data': base64(certificate) };
    const contexts: Readonly<Record<string, { cluster?: object; user?: object; reason: string }>> = {
      plain: {
        cluster: { server: plain.url.replace('https', 'http') },
        user: { token: secret },
        reason: 'InternalError',
      },
      refused: { user: { token: secret }, reason: 'Unauthorized' },
      failing: { user: plugin('fails.sh', `echo ${secret}\nexit 1`), reason: 'Credentials' },
      wrong: { user: plugin('wrong.sh', `echo '${answer.replace('/v1', '/v2')}'`), reason: 'Credentials' },
      broken: { user: plugin('broken.sh', `echo '${answer}{'`), reason: 'Credentials' },
      oidc: { user: { 'auth-provider': oidc }, reason: 'Credentials' },
      password: { user: { username: secret, password: secret }, reason: 'BasicAuth' },
      header: { user: { token: `${secret}\n` }, reason: 'Token' },
      key: {
        user: { 'client-certificate-data': base64(certificate), 'client-key-data': base64(secret) },
        reason: 'Tls',
      },
      address: { cluster: { server: `https://user:${secret}@127.0.0.1` }, reason: 'Server' },
      proxy: { cluster: { ...trusted, 'proxy-url': `http://user:${secret}@127.0.0.1:1` }, reason: 'ConnectionRefused' },
      socks: {
        cluster: { ...trusted, 'proxy-url': `socks5://user:${secret}@127.0.0.1:1` },
        reason: 'ConnectionRefused',
      },
      scheme: { cluster: { ...trusted, 'proxy-url': `ftp://user:${secret}@127.0.0.1` }, reason: 'Proxy' },
      extra: { user: { token: secret, as: 'a', 'as-user-extra': { a: [`${secret}\n`] } }, reason: 'Impersonation' },
    };
    const names = Object.keys(contexts);
    const file = path.join(place, 'config');
    const content = {
      clusters: names.map((name) => ({ name, cluster: contexts[name]!.cluster ?? trusted })),
      users: names.map((name) => ({ name, user: contexts[name]!.user ?? {} })),
      contexts: names.map((name) => ({ name, context: { cluster: name, user: name } })),
    };
    writeFileSync(file, JSON.stringify(content));

    const flags = ['--conditions=kuberx-source', '--input-type=module', '--eval', program(file)];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, flags, { timeout: 60_000 });
    const ends = [...stdout.matchAll(/^## (\w+) (\w+)$/gm)].map(([, name, reason]) => [name, reason]);
    expect(Object.fromEntries(ends)).toEqual(Object.fromEntries(names.map((name) => [name, contexts[name]!.reason])));
    for (const hidden of [secret, base64(secret), base64(`user:${secret}`)]) {
      expect(stdout).not.toContain(hidden);
      expect(stderr).not.toContain(hidden);
      expect(Buffer.concat(sent).toString()).not.toContain(hidden);
    }
    expect(sent.length).toBeGreaterThan(0);
  });
});
