import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { lastValueFrom, tap, toArray } from 'rxjs';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { sharedInformer } from 'kuberx';
import { type LoadedKubeConfig, loadKubeConfig } from 'kuberx/kubeconfig';
import type { HttpClient, HttpRequest } from 'kuberx/http';
import { listWatch, resourceClient, restHttpClient } from 'kuberx/rest';
import { GoMissing } from '../../scripts/controlplane/binaries.ts';
import { startControlPlane } from '../../scripts/controlplane/control-plane.ts';
import { certificate, key, otherCertificate, otherKey } from '../rest/test-certificate.ts';

const directory = mkdtempSync(path.join(tmpdir(), 'kuberx-cluster-'));
const inDirectory = (name: string): string => path.join(directory, name);
// Each is its own CA.
writeFileSync(inDirectory('client-ca.pem'), `${certificate}${otherCertificate}`);

const controlPlane = await startControlPlane({
  apiServerFlags: [`--client-ca-file=${inDirectory('client-ca.pem')}`],
}).catch((error: unknown) => {
  if (error instanceof GoMissing) return undefined;
  throw error;
});

afterAll(async () => {
  await controlPlane?.stop();
  rmSync(directory, { recursive: true });
});

let files = 0;

/** A kubeconfig of the control plane, with a user of the test's own. */
function kubeConfigWith(user: object): { file: string; loaded: LoadedKubeConfig } {
  const { url, ca } = controlPlane!;
  const file = inDirectory(`config-${(files += 1)}`);
  const content = {
    'current-context': 'c',
    clusters: [
      { name: 'k', cluster: { server: url, 'certificate-authority-data': Buffer.from(ca).toString('base64') } },
    ],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'c', context: { cluster: 'k', user: 'u', namespace: 'default' } }],
  };
  writeFileSync(file, JSON.stringify(content));
  return { file, loaded: loadKubeConfig({ files: file }) };
}

interface UserInfo {
  readonly username: string;
}

/** Whom the server takes the user of a kubeconfig for. */
async function whoAmI(loaded: LoadedKubeConfig): Promise<UserInfo> {
  const events = await lastValueFrom(
    restHttpClient(loaded)({
      resource: 'who it is',
      method: 'POST',
      path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      headers: { 'content-type': 'application/json' },
      body: '{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}',
    }).pipe(toArray()),
  );
  const text = Buffer.concat(events.flatMap((event) => (event.type === 'chunk' ? [event.bytes] : []))).toString();
  return (JSON.parse(text) as { status: { userInfo: UserInfo } }).status.userInfo;
}

/** What is asked of ConfigMaps while they are watched. */
async function watched(loaded: LoadedKubeConfig): Promise<{ asked: string[]; sees: (name: string) => Promise<void> }> {
  const asked: string[] = [];
  const counted = (client: HttpClient): HttpClient =>
    Object.assign(
      (request: HttpRequest) =>
        client(request).pipe(
          tap({ subscribe: () => asked.push(request.path.replace(/\?.*(watch=\w+|limit).*/, ' $1')) }),
        ),
      { host: client.host },
    );
  const informer = sharedInformer(
    listWatch(loaded, 'v1/configmaps', { namespace: 'default', http: counted(restHttpClient(loaded)) }),
  );
  const connection = informer.connect();
  onTestFinished(() => connection.unsubscribe());
  await informer.whenSynced();
  const sees = (name: string): Promise<void> =>
    expect.poll(() => informer.snapshot$.value.getByKey(`default/${name}`), { timeout: 30_000 }).toBeDefined();
  return { asked, sees };
}

async function createConfigMap(loaded: LoadedKubeConfig, name: string): Promise<void> {
  const metadata = { namespace: 'default', name };
  await resourceClient(loaded, 'v1/configmaps').create({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
}

describe.runIf(controlPlane !== undefined)('a kubeconfig, on a real control plane', () => {
  it('is the user that kubectl is, as whom it says', async () => {
    const { file, loaded } = kubeConfigWith({
      token: controlPlane!.token,
      as: 'Jürgen',
      'as-uid': 'a-uid',
      'as-groups': ['gardeners', 'a, b'],
      'as-user-extra': { 'example.com/Scopes 100%': ['view', 'edit'] },
    });
    const flags = ['--kubeconfig', file, 'auth', 'whoami', '-o', 'json'];
    const { stdout } = await promisify(execFile)(controlPlane!.kubectl, flags);
    const { status } = JSON.parse(stdout) as { status: { userInfo: unknown } };
    const userInfo = await whoAmI(loaded);
    expect(userInfo).toEqual(status.userInfo);
    expect(userInfo).toMatchObject({ username: 'Jürgen', uid: 'a-uid' });
  });

  it('keeps its watch while a token file rotates', async () => {
    const tokenFile = inDirectory('token');
    const alice = /name: alice\n {2}user: \{token: "(\w+)"/.exec(readFileSync(controlPlane!.kubeconfig, 'utf8'))![1]!;
    writeFileSync(tokenFile, controlPlane!.token);
    const { loaded } = kubeConfigWith({ tokenFile });
    const { asked, sees } = await watched(loaded);
    expect((await whoAmI(loaded)).username).toBe('admin');
    const before = [...asked];
    writeFileSync(tokenFile, alice);
    expect((await whoAmI(loaded)).username).toBe('alice');
    await createConfigMap(loaded, 'of-token-file');
    await sees('of-token-file');
    expect(asked).toEqual(before);
  });

  it('keeps its watch while a client certificate rotates', async () => {
    const [cert, keyFile] = [inDirectory('client.crt'), inDirectory('client.key')];
    writeFileSync(cert, certificate);
    writeFileSync(keyFile, key);
    const { loaded } = kubeConfigWith({ 'client-certificate': cert, 'client-key': keyFile });
    const { asked, sees } = await watched(loaded);
    expect((await whoAmI(loaded)).username).toBe('kuberx test server');
    const before = [...asked];
    writeFileSync(cert, otherCertificate);
    writeFileSync(keyFile, otherKey);
    expect((await whoAmI(loaded)).username).toBe('kuberx other server');
    await createConfigMap(loaded, 'of-certificate');
    await sees('of-certificate');
    expect(asked).toEqual(before);
  });

  it('keeps its watch while what a plugin gave expires', async () => {
    const [plugin, runs] = [inDirectory('plugin.sh'), inDirectory('runs')];
    const apiVersion = 'client.authentication.k8s.io/v1';
    const answer = `{"apiVersion":"${apiVersion}","kind":"ExecCredential","status":{"token":"${controlPlane!.token}","expirationTimestamp":"%s"}}`;
    const end = `$(date -u -d "+1 second" +%Y-%m-%dT%H:%M:%SZ)`;
    writeFileSync(plugin, `#!/bin/sh\necho run >> ${runs}\nprintf '${answer}' "${end}"\n`);
    chmodSync(plugin, 0o755);
    const { loaded } = kubeConfigWith({ exec: { apiVersion, command: './plugin.sh', interactiveMode: 'Never' } });
    const { asked, sees } = await watched(loaded);
    const before = [...asked];
    const count = (): number => readFileSync(runs, 'utf8').split('\n').length - 1;
    const first = count();
    await expect
      .poll(
        async () => {
          await whoAmI(loaded);
          return count();
        },
        { timeout: 30_000, interval: 300 },
      )
      .toBeGreaterThan(first + 1);
    await createConfigMap(loaded, 'of-plugin');
    await sees('of-plugin');
    expect(asked).toEqual(before);
  });
});
