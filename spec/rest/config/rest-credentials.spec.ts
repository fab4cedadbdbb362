import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, symlinkSync, renameSync, writeFileSync } from 'node:fs';
import http2 from 'node:http2';
import https from 'node:https';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type CacheEvent, type KubeError, type KubernetesObject, reflector } from 'kuberx';
import { listWatch, type RestConfig } from 'kuberx/rest';
import { apiServer } from 'kuberx/testing/apiserver';
import { eventually } from '../../eventually.ts';
import { directory } from '../directory.ts';
import { guarded } from '../guarded.ts';
import { answered, clientOf, failure, pods, sent } from '../outcomes.ts';
import { listening, restConfigOf } from '../servers.ts';
import { certificate, key, otherCertificate, otherKey } from '../test-certificate.ts';

/** A volume as the kubelet writes it: files are links into a directory that is swapped in one step. */
function volume(): {
  readonly write: (files: Readonly<Record<string, string>>) => void;
  readonly at: (name: string) => string;
} {
  const mounted = directory();
  let version = 0;
  const at = (name: string): string => path.join(mounted, name);
  return {
    at,
    write: (files) => {
      version += 1;
      mkdirSync(at(`..${version}`));
      for (const [name, content] of Object.entries(files)) {
        writeFileSync(at(path.join(`..${version}`, name)), content);
        if (version === 1) symlinkSync(path.join('..data', name), at(name));
      }
      symlinkSync(`..${version}`, at('..data_tmp'));
      renameSync(at('..data_tmp'), at('..data'));
    },
  };
}

describe('the token of a config', () => {
  it('is sent with each request, and none where there is none', async () => {
    const server = await guarded(() => true);
    await answered(clientOf(restConfigOf(server.url, { token: 'one' })));
    await answered(clientOf(restConfigOf(server.url)));
    expect(server.shown).toEqual(['Bearer one', undefined]);
  });

  it('is read from its file at each request, and follows it when it is swapped', async () => {
    const server = await guarded(() => true);
    const { write, at } = volume();
    write({ token: 'one\n' });
    const client = clientOf(restConfigOf(server.url, { tokenFile: at('token') }));
    await answered(client);
    await answered(client);
    write({ token: 'two' });
    await answered(client);
    expect(server.shown).toEqual(['Bearer one', 'Bearer one', 'Bearer two']);
    expect(server.connections()).toBe(1);
  });

  it('is read again after a 401, and the answer is that of the second request', async () => {
    const { write, at } = volume();
    write({ token: 'old' });
    // The token expires while the request is on its way, and the kubelet has just written the next one.
    const server = await guarded((authorization) => {
      write({ token: 'new' });
      return authorization === 'Bearer new';
    });
    const outcome = await answered(clientOf(restConfigOf(server.url, { tokenFile: at('token') })));
    expect(outcome).toMatchObject({ status: 200, body: 'answer', end: 'complete' });
    expect(server.shown).toEqual(['Bearer old', 'Bearer new']);
  });

  it('that stays refused is a 401', async () => {
    const server = await guarded(() => false);
    const outcome = await answered(clientOf(restConfigOf(server.url, { token: 'hunter2' })));
    expect(outcome).toMatchObject({ status: 401, body: 'answer', end: 'complete' });
    expect(server.shown).toEqual(['Bearer hunter2', 'Bearer hunter2']);
  });
});

/** A server with a certificate that can be changed for the connections to come, and whom clients said to be. */
async function swappable(requestCert = false) {
  const shown: unknown[] = [];
  const server = https.createServer(
    { cert: certificate, key, requestCert, ca: [certificate, otherCertificate] },
    (request, response) => {
      if (request.url === '/watch') response.write('x');
      else response.end('ok');
    },
  );
  if (requestCert) server.on('secureConnection', (socket) => shown.push(socket.getPeerCertificate().subject.CN));
  const swap = () => server.setSecureContext({ cert: otherCertificate, key: otherKey });
  return { ...(await listening(server, 'https')), swap, shown };
}

describe('the CA of a config', () => {
  it('that changes in its file counts from the next connection on, and what is open goes on', async () => {
    const server = await swappable();
    const { write, at } = volume();
    write({ 'ca.crt': certificate });
    const client = clientOf({ server: server.url, caFile: at('ca.crt') });
    const watch = sent(client, { ...pods, path: '/watch' });
    await eventually(() => expect(watch.status).toBe(200));

    server.swap();
    expect((await failure(sent(client))).message).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
    write({ 'ca.crt': otherCertificate });
    expect(await answered(client)).toMatchObject({ body: 'ok', end: 'complete' });
    write({ 'ca.crt': certificate + otherCertificate });
    expect(await answered(client)).toMatchObject({ body: 'ok', end: 'complete' });
    expect(watch).toMatchObject({ body: 'x', end: undefined });
  });

  it('that changes in its file means another connection over HTTP/2 too, where the old one has room', async () => {
    const server = http2.createSecureServer({ cert: certificate, key }, (request, response) => {
      if (request.url === '/watch') response.write('x');
      else response.end('ok');
    });
    const { url, connections } = await listening(server, 'https');
    const { write, at } = volume();
    write({ 'ca.crt': certificate });
    const client = clientOf({ server: url, caFile: at('ca.crt') });
    const watch = sent(client, { ...pods, path: '/watch' });
    await eventually(() => expect(watch.body).toBe('x'));
    expect(await answered(client)).toMatchObject({ body: 'ok' });
    expect(connections()).toBe(1);

    server.setSecureContext({ cert: otherCertificate, key: otherKey });
    write({ 'ca.crt': otherCertificate });
    expect(await answered(client)).toMatchObject({ body: 'ok' });
    expect(await answered(client)).toMatchObject({ body: 'ok' });
    expect(connections()).toBe(2);
    expect(watch).toMatchObject({ body: 'x', end: undefined });
  });

  it('is the only one that is trusted', async () => {
    const server = await swappable();
    const error = await failure(sent(clientOf({ server: server.url, ca: otherCertificate })));
    expect(error).toMatchObject({ reason: 'Network' });
  });

  it('verifies the server whatever the environment says of TLS', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    onTestFinished(() => void vi.unstubAllEnvs());
    const server = await swappable();
    const error = await failure(sent(clientOf({ server: server.url, ca: otherCertificate, token: 'hunter2' })));
    expect(error).toMatchObject({ reason: 'Network' });
  });

  it('is asked about the name that is given', async () => {
    const server = await swappable();
    const named = (serverName: string) => clientOf({ server: server.url, ca: certificate, serverName });
    expect(await answered(named('localhost'))).toMatchObject({ body: 'ok' });
    expect((await failure(sent(named('kubernetes')))).message).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
  });
});

describe('the client certificate of a config', () => {
  it('is shown to the server, as a text or out of files, which may change', async () => {
    const server = await swappable(true);
    const { write, at } = volume();
    write({ 'tls.crt': certificate, 'tls.key': key });
    const files = clientOf(restConfigOf(server.url, { certFile: at('tls.crt'), keyFile: at('tls.key') }));
    await answered(files);
    write({ 'tls.crt': otherCertificate, 'tls.key': otherKey });
    await answered(files);
    expect(server.shown).toEqual(['kuberx test server', 'kuberx other server']);
    // The same certificate is the same connection, wherever it was read.
    await answered(clientOf(restConfigOf(server.url, { cert: otherCertificate, key: otherKey })));
    expect(server.connections()).toBe(2);
  });

  it('is missed by a server that asks for one', async () => {
    const server = await swappable(true);
    expect(await failure(sent(clientOf(restConfigOf(server.url))))).toMatchObject({ reason: 'Network' });
  });
});

describe('credentials that cannot be had', () => {
  const failed = async (config: Partial<RestConfig>): Promise<KubeError> =>
    failure(sent(clientOf({ server: 'https://127.0.0.1:1', ...config })));

  it('are a typed error that names the file and no secret', async () => {
    const { write, at } = volume();
    write({ empty: ' \n', broken: 'hunter2\nhunter2', text: 'hunter2', cert: certificate, key });
    const expectations: [Partial<RestConfig>, string][] = [
      [{ tokenFile: at('missing') }, `the file ${at('missing')} could not be read: ENOENT`],
      [{ tokenFile: directory() }, 'could not be read: EISDIR'],
      [{ tokenFile: at('empty') }, `the file ${at('empty')} has no token that a header can have`],
      [{ tokenFile: at('broken') }, `the file ${at('broken')} has no token that a header can have`],
      [{ caFile: at('missing') }, `the file ${at('missing')} could not be read: ENOENT`],
      [{ caFile: at('text') }, `the file ${at('text')} has no certificate in PEM`],
      [{ certFile: at('key'), keyFile: at('key') }, `the file ${at('key')} has no certificate in PEM`],
      [{ certFile: at('cert'), keyFile: at('missing') }, `the file ${at('missing')} could not be read: ENOENT`],
      [{ certFile: at('cert'), keyFile: at('text') }, `the file ${at('text')} has no key in PEM`],
    ];
    for (const [config, message] of expectations) {
      const error = await failed({ ...config, userAgent: 'me' });
      expect(error).toMatchObject({ reason: 'Credentials', resource: 'v1/pods' });
      expect(error.message).toContain(message);
      expect(JSON.stringify([error.message, error.cause ?? '', error.stack])).not.toContain('hunter2');
    }
  });

  it('are asked for anew by the next request', async () => {
    const server = await guarded(() => true);
    const { write, at } = volume();
    write({ token: 'one' });
    rmSync(at('..1/token'));
    const client = clientOf(restConfigOf(server.url, { tokenFile: at('token') }));
    expect(await failure(sent(client))).toMatchObject({ reason: 'Credentials' });
    write({ token: 'two' });
    expect(await answered(client)).toMatchObject({ status: 200 });
    expect(server.shown).toEqual(['Bearer two']);
  });

  it('hold nothing of an invalid key', async () => {
    const rubbish = '-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\n';
    const error = await failed({ cert: certificate, key: rubbish });
    expect(error).toMatchObject({ reason: 'Network' });
    expect(JSON.stringify([error.message, error.cause, error.stack])).not.toContain('hunter2');
  });

  // To open a pipe that nobody writes to hangs, as a file on a volume does that does not answer.
  it('for long are told by a reflector, which asks again', async () => {
    const server = await apiServer();
    onTestFinished(() => server.stop({ how: 'reset' }));
    const tokenFile = path.join(directory(), 'token');
    execFileSync('mkfifo', [tokenFile]);
    const reached = { server: server.url, tokenFile, allowInsecureCredentials: true };
    const events$ = reflector(listWatch(reached, 'v1/pods', { connection: { credentialsTimeout: 50 } }), {
      backoff: { initial: 10 },
    });
    const told: CacheEvent<KubernetesObject>[] = [];
    const subscription = events$.subscribe((event) => told.push(event));
    onTestFinished(() => subscription.unsubscribe());
    const interruptions = () => told.filter((event) => event.type === 'Interrupted');
    await eventually(() => expect(interruptions().length).toBeGreaterThan(1));
    expect(interruptions()[0]).toMatchObject({ phase: 'streaming', error: { reason: 'Credentials' } });

    const released = openSync(tokenFile, 'r+');
    rmSync(tokenFile);
    writeFileSync(tokenFile, 'one');
    closeSync(released);
    await eventually(() => expect(told.map(({ type }) => type)).toContain('Replaced'));
  });

  it('for long, as on a volume that hangs, fail each request in time, and take no more than one thread', async () => {
    const server = await guarded(() => true);
    const file = path.join(directory(), 'token');
    execFileSync('mkfifo', [file]);
    const config = restConfigOf(server.url, { tokenFile: file });
    // Of clients of their own, as informers have, and of more than Node has threads.
    const clients = Array.from({ length: 6 }, () => clientOf(config, { credentialsTimeout: 200 }));
    for (const client of clients) {
      expect(await failure(sent(client))).toMatchObject({
        reason: 'Credentials',
        message: `v1/pods: waited 0.2 s for the file ${file} in vain; the next request asks again`,
      });
    }
    const readable = path.join(directory(), 'token');
    writeFileSync(readable, 'two');
    expect(await answered(clientOf({ ...config, tokenFile: readable }))).toMatchObject({ status: 200 });

    const late = sent(clientOf(config));
    // The read that hangs goes on in vain, and the one for this request begins.
    const released = openSync(file, 'r+');
    rmSync(file);
    writeFileSync(file, 'late');
    closeSync(released);
    await eventually(() => expect(late.end).toBe('complete'));
    expect(server.shown).toEqual(['Bearer two', 'Bearer late']);
  });

  it('for long are had again as soon as another file takes the place of one that hangs, and not by a third read', async () => {
    const server = await guarded(() => true);
    const place = path.join(directory(), 'token');
    const hanging = (): string => {
      const file = path.join(directory(), 'hanging');
      execFileSync('mkfifo', [file]);
      return file;
    };
    const point = (file: string): void => {
      symlinkSync(file, `${place}.new`);
      renameSync(`${place}.new`, place);
    };
    const release = (file: string): void => closeSync(openSync(file, 'r+'));
    const holding = (text: string): string => {
      const file = path.join(directory(), 'holding');
      writeFileSync(file, text);
      return file;
    };
    const config = restConfigOf(server.url, { tokenFile: place });
    const client = clientOf(config);
    const waitedInVain = async (): Promise<void> =>
      expect((await failure(sent(clientOf(config, { credentialsTimeout: 200 })))).message).toContain('in vain');
    const [first, second] = [hanging(), hanging()];
    onTestFinished(() => [first, second].forEach(release));

    point(first);
    await waitedInVain();
    point(holding('one'));
    await answered(client);
    point(holding('two'));
    await answered(client);

    point(second);
    await waitedInVain();
    point(holding('three'));
    await waitedInVain();
    const late = sent(client);
    release(first);
    await eventually(() => expect(late.end).toBe('complete'));
    expect(server.shown).toEqual(['Bearer one', 'Bearer two', 'Bearer three']);
  });
});
