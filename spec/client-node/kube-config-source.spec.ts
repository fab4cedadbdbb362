import * as client from '@kubernetes/client-node';
import type { KubeConfig } from '@kubernetes/client-node';
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type ConnectionOptions, kubeHttpClient, loadKubeConfig } from 'kuberx/client-node';
import { eventually } from '../eventually.ts';
import { directory } from '../rest/directory.ts';
import { guarded } from '../rest/guarded.ts';
import { answered, failure, sent, type TestClient } from '../rest/outcomes.ts';
import { httpsServer } from '../rest/servers.ts';
import { certificate, otherCertificate } from '../rest/test-certificate.ts';
import { kubeConfigOf } from './kube-config-of.ts';

const clientOf = (kubeConfig: KubeConfig, options?: ConnectionOptions) =>
  ({ send: kubeHttpClient(kubeConfig, options) }) satisfies TestClient;

const apiVersion = 'client.authentication.k8s.io/v1';

/** A credential plugin whose tokens are numbered, and how often it ran. */
function plugin(more = ''): { readonly exec: object; readonly runs: () => number } {
  const counter = path.join(directory(), 'runs');
  writeFileSync(counter, '');
  const program = `
    const fs = require('node:fs');
    fs.appendFileSync(process.argv[1], 'x');
    const token = 'token-' + fs.readFileSync(process.argv[1], 'utf8').length;
    ${more}
    console.log(JSON.stringify({ apiVersion: '${apiVersion}', kind: 'ExecCredential', status: { token } }));
  `;
  const exec = {
    apiVersion,
    interactiveMode: 'Never',
    command: process.execPath,
    args: ['--eval', program, counter],
  };
  return { exec, runs: () => readFileSync(counter, 'utf8').length };
}

describe('credentials', () => {
  it('are asked for again after a 401, once, and the answer is that of the second request', async () => {
    const server = await guarded((authorization) => authorization === 'Bearer token-2', 'https');
    const { exec, runs } = plugin();
    const client = clientOf(kubeConfigOf(server.url, { exec }));
    expect(await answered(client)).toMatchObject({ status: 200, body: 'answer', end: 'complete' });
    expect(server.shown).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(await answered(client)).toMatchObject({ status: 200 });
    expect(runs()).toBe(2);
  });

  it('that stay refused are a 401', async () => {
    const server = await guarded(() => false, 'https');
    const outcome = await answered(clientOf(kubeConfigOf(server.url, { token: 'hunter2' })));
    expect(outcome).toMatchObject({ status: 401, body: 'answer', end: 'complete' });
    expect(server.shown).toEqual(['Bearer hunter2', 'Bearer hunter2']);
  });

  it('come from one run of a plugin for requests at the same time, also when all are refused', async () => {
    const server = await guarded((authorization) => authorization === 'Bearer token-2', 'https');
    const { exec, runs } = plugin();
    const kubeConfig = kubeConfigOf(server.url, { exec });
    const outcomes = Array.from({ length: 10 }, () => sent(clientOf(kubeConfig)));
    await eventually(() => expect(outcomes.every(({ end }) => end === 'complete')).toBe(true));
    expect(outcomes.map(({ status }) => status)).toEqual(outcomes.map(() => 200));
    expect(runs()).toBe(2);
  });

  it('are read from a token file at each request, in every form a kubeconfig has for it', async () => {
    const server = await guarded(() => true, 'https');
    const file = path.join(directory(), 'token');
    writeFileSync(file, 'one\n');
    const users = [{ tokenFile: file }, { authProvider: { name: 'tokenFile', config: { tokenFile: file } } }];
    const clients = users.map((user) => clientOf(kubeConfigOf(server.url, user)));
    for (const client of clients) await answered(client);
    writeFileSync(file, 'two\n');
    for (const client of clients) await answered(client);
    expect(server.shown).toEqual(['Bearer one', 'Bearer one', 'Bearer two', 'Bearer two']);
  });

  it('of a file keep its token file, relative to it', async () => {
    const server = await guarded(() => true, 'https');
    const home = directory();
    writeFileSync(path.join(home, 'token'), 'from-file\n');
    const config = {
      clusters: [{ name: 'c', cluster: { server: server.url, 'certificate-authority-data': btoa(certificate) } }],
      users: [{ name: 'u', user: { tokenFile: 'token' } }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'x',
    };
    writeFileSync(path.join(home, 'config'), JSON.stringify(config));
    await answered(clientOf(loadKubeConfig(path.join(home, 'config'))));
    expect(server.shown).toEqual(['Bearer from-file']);
  });

  it('stay with the context that was current, and see what changes in it', async () => {
    const [first, second] = [await guarded(() => true, 'https'), await guarded(() => true, 'https')];
    const kubeConfig = kubeConfigOf(first.url, { token: 'old' });
    const client = clientOf(kubeConfig);
    await answered(client);
    kubeConfig.users = [{ name: 'u', token: 'new' }];
    kubeConfig.addCluster({ name: 'c2', server: second.url, caData: btoa(certificate), skipTLSVerify: false });
    kubeConfig.addContext({ name: 'x2', cluster: 'c2', user: 'u' });
    await answered(client);
    kubeConfig.setCurrentContext('x2');
    await answered(client);
    await answered(clientOf(kubeConfig));
    expect(first.shown).toEqual(['Bearer old', 'Bearer new', 'Bearer new']);
    expect(second.shown).toEqual(['Bearer new']);
  });
});

describe('the CA of a kubeconfig', () => {
  it('is what the server is verified by, whatever the environment says of TLS', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    onTestFinished(() => void vi.unstubAllEnvs());
    const shown: unknown[] = [];
    const server = await httpsServer((request, response) => {
      shown.push(request.headers.authorization);
      response.end('answer');
    });
    const caData = Buffer.from(otherCertificate).toString('base64');
    const client = clientOf(kubeConfigOf(server.url, { token: 'hunter2' }, { caData }));
    expect(await failure(sent(client))).toMatchObject({ reason: 'Network' });
    expect(shown).toEqual([]);
  });
});

describe('credentials of a kubeconfig that is loaded anew, under the same names', () => {
  const loadedAnew = (kubeConfig: KubeConfig, server: string, user: object): void =>
    kubeConfig.loadFromString(
      JSON.stringify({
        clusters: [{ name: 'c', cluster: { server, 'certificate-authority-data': btoa(certificate) } }],
        users: [{ name: 'u', user }],
        contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
        'current-context': 'x',
      }),
    );
  const saying = (token: string): object => {
    const credential = { apiVersion, kind: 'ExecCredential', status: { token } };
    return { exec: { apiVersion, interactiveMode: 'Never', command: '/bin/echo', args: [JSON.stringify(credential)] } };
  };

  it.each<[string, object, object, string]>([
    ['another plugin', saying('old'), saying('new'), 'Bearer new'],
    ['a token', saying('old'), { token: 'new' }, 'Bearer new'],
    ['a plugin', { token: 'old' }, saying('new'), 'Bearer new'],
  ])('are those of the new user where it has %s', async (_what, before, after, shown) => {
    const server = await guarded(() => true, 'https');
    const kubeConfig = kubeConfigOf(server.url, before);
    const client = clientOf(kubeConfig);
    await answered(client);
    loadedAnew(kubeConfig, server.url, after);
    await answered(client);
    await answered(clientOf(kubeConfig));
    expect(server.shown).toEqual(['Bearer old', shown, shown]);
  });

  it('do not go to another server, where a plugin has said them for the first', async () => {
    const [first, second] = [await guarded(() => true, 'https'), await guarded(() => true, 'https')];
    const { exec } = plugin();
    const kubeConfig = kubeConfigOf(first.url, { exec });
    const client = clientOf(kubeConfig);
    await answered(client);
    loadedAnew(kubeConfig, second.url, { exec });
    await answered(client);
    expect([first.shown, second.shown]).toEqual([['Bearer token-1'], ['Bearer token-2']]);
  });

  it('do not wait for a plugin of the old user, nor take what it says', async () => {
    const server = await guarded(() => true, 'https');
    const gate = path.join(directory(), 'gate');
    execFileSync('mkfifo', [gate]);
    const open = () =>
      writeFileSync(gate, JSON.stringify({ apiVersion, kind: 'ExecCredential', status: { token: 'old' } }));
    const kubeConfig = kubeConfigOf(server.url, {
      exec: { apiVersion, interactiveMode: 'Never', command: '/bin/cat', args: [gate] },
    });
    const client = clientOf(kubeConfig);
    const before = sent(client);
    loadedAnew(kubeConfig, server.url, saying('new'));
    await answered(client);
    expect(server.shown).toEqual(['Bearer new']);
    open();
    await eventually(() => expect(before.end).toBe('complete'));
    await answered(client);
    expect(server.shown).toEqual(['Bearer new', 'Bearer old', 'Bearer new']);
  });
});

describe('credentials that cannot be had', () => {
  const failed = async (user: object) => failure(sent(clientOf(kubeConfigOf('https://127.0.0.1:1', user))));

  it('are a typed error that names the cause and no secret', async () => {
    const missing = path.join(directory(), 'missing');
    const secretive = plugin(`console.error('hunter2'); process.exit(1);`).exec;
    const wordy = plugin(`console.log('hunter2'); process.exit(0);`).exec;
    const args = ['hunter2'];
    const node = process.execPath;
    const expectations: [object, string][] = [
      [{ exec: secretive }, `the credential plugin ${node} failed with exit code 1; standard error has what it says`],
      [{ exec: wordy }, `the credential plugin ${node} gave no credentials: what it wrote is not an object in JSON`],
      [
        { exec: { apiVersion, interactiveMode: 'Never', command: '/missing/plugin', args } },
        'the credential plugin /missing/plugin is not installed',
      ],
      [{ tokenFile: missing }, `the file ${missing} could not be read: ENOENT`],
      [{ certFile: missing, keyFile: missing }, `the file ${missing} could not be read: ENOENT`],
    ];
    for (const [user, message] of expectations) {
      const error = await failed(user);
      expect(error).toMatchObject({ reason: 'Credentials', resource: 'v1/pods', message: `v1/pods: ${message}` });
      expect(JSON.stringify([error.message, error.cause ?? '', error.stack])).not.toContain('hunter2');
    }
  });

  it('are one where what a cluster was changed to will not do', async () => {
    const kubeConfig = kubeConfigOf('https://127.0.0.1:1');
    const client = clientOf(kubeConfig);
    for (const [server, words] of [
      [undefined, 'the cluster "c" has no server'],
      [null, 'the cluster "c" has no server'],
      ['ftp://127.0.0.1', 'the cluster "c" has a server that is not an http or https URL'],
      [5, 'the KubeConfig is invalid: clusters[0].server is not a string'],
    ]) {
      kubeConfig.clusters = [{ name: 'c', server } as unknown as KubeConfig['clusters'][number]];
      expect(client.send.host).toBeUndefined();
      const error = await failure(sent(client));
      expect(error.reason).toBe('Credentials');
      expect(error.message).toContain(words);
    }
  });
});

describe('a KubeConfig that will not do', () => {
  it.each<[string, () => KubeConfig, string]>([
    ['has an address that is not a URL', () => kubeConfigOf('https://no such host'), 'Server'],
    ['has a token with a line end', () => kubeConfigOf('https://127.0.0.1:1', { token: 'hunter2\n' }), 'Token'],
    ['has a password', () => kubeConfigOf('https://127.0.0.1:1', { username: 'me', password: 'hunter2' }), 'BasicAuth'],
    ['was not loaded', () => new client.KubeConfig(), 'NoContext'],
    ['is at a context that is not there', () => atContext('nowhere'), 'UnknownContext'],
  ])('is refused where it is passed if it %s', (_what, make, reason) => {
    const refused = (): unknown => kubeHttpClient(make());
    expect(refused).toThrow(expect.objectContaining({ name: 'KubeConfigError', reason }));
    expect(refused).not.toThrow('hunter2');
  });

  const atContext = (name: string): KubeConfig => {
    const kubeConfig = kubeConfigOf('https://127.0.0.1:1');
    kubeConfig.setCurrentContext(name);
    return kubeConfig;
  };
});

describe('credentials that do not come', () => {
  const isRunning = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  /** A plugin that hangs where it is started first, and the processes that it was started as. */
  function hanging() {
    const pids = path.join(directory(), 'pids');
    writeFileSync(pids, '');
    // A shell, which starts in no time: one that is ended before it has begun would have left no trace.
    const program = `
      if [ -s "$1" ]; then token=second; fi
      echo $$ >> "$1"
      trap '' TERM
      if [ -z "$token" ]; then exec sleep 60; fi
      echo '{ "apiVersion": "${apiVersion}", "kind": "ExecCredential", "status": { "token": "second" } }'
    `;
    const command = '/bin/sh';
    const started = () => readFileSync(pids, 'utf8').split('\n').filter(Boolean).map(Number);
    onTestFinished(() =>
      started()
        .filter(isRunning)
        .forEach((pid) => process.kill(pid, 'SIGKILL')),
    );
    return {
      exec: { apiVersion, interactiveMode: 'Never', command, args: ['-c', program, 'plugin', pids] },
      command,
      started,
    };
  }

  it('of a plugin fail the request in time, end the plugin, and are asked for anew by the next', async () => {
    const server = await guarded(() => true, 'https');
    const { exec, command, started } = hanging();
    const client = clientOf(kubeConfigOf(server.url, { exec }), { credentialsTimeout: 2000 });
    expect(await failure(sent(client))).toMatchObject({
      reason: 'Credentials',
      message: `v1/pods: waited 2 s for the credential plugin ${command} in vain; the next request asks again`,
    });
    await eventually(() => expect(started().map(isRunning)).toEqual([false]));
    expect(await answered(client)).toMatchObject({ status: 200 });
    expect(server.shown).toEqual(['Bearer second']);
  });

  it('of a plugin leave none running after unsubscribing', async () => {
    const { exec, started } = hanging();
    const outcome = sent(clientOf(kubeConfigOf('https://127.0.0.1:1', { exec })));
    await eventually(() => expect(started().map(isRunning)).toEqual([true]));
    outcome.subscription.unsubscribe();
    await eventually(() => expect(started().map(isRunning)).toEqual([false]));
    expect(outcome.end).toBeUndefined();
  });

  // To open a pipe that nobody writes to hangs, as a file on a volume does that does not answer.
  it.each(['tokenFile', 'authProvider'])('of a file given as %s fail the request in time', async (form) => {
    const tokenFile = path.join(directory(), 'token');
    execFileSync('mkfifo', [tokenFile]);
    onTestFinished(() => closeSync(openSync(tokenFile, 'r+')));
    const user = form === 'tokenFile' ? { tokenFile } : { authProvider: { name: 'tokenFile', config: { tokenFile } } };
    const client = clientOf(kubeConfigOf('https://127.0.0.1:1', user), { credentialsTimeout: 50 });
    expect(await failure(sent(client))).toMatchObject({
      reason: 'Credentials',
      message: `v1/pods: waited 0.05 s for the file ${tokenFile} in vain; the next request asks again`,
    });
  });

  it('of a function of the user fail the request in time', async () => {
    const kubeConfig = kubeConfigOf('https://127.0.0.1:1', {});
    kubeConfig.addAuthenticator({
      isAuthProvider: () => true,
      applyAuthentication: () => new Promise(() => undefined),
    });
    expect(await failure(sent(clientOf(kubeConfig, { credentialsTimeout: 50 })))).toMatchObject({
      reason: 'Credentials',
      message: 'v1/pods: waited 0.05 s for the credentials of the user u in vain; the next request asks again',
    });
  });
});
