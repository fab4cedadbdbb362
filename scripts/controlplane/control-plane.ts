import { access, cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPrograms, type Program } from './binaries.ts';
import { kubeconfigText, writeCredentials } from './credentials.ts';
import type { Daemon } from './daemon.ts';
import { makeDataDir } from './data-dir.ts';
import { compactEtcd, type Etcd, etcdDir, etcdOn, startEtcd, writeEtcdIdentity } from './etcd.ts';
import { onFreePort } from './free-port.ts';
import { apiServerCa, startApiServer, type ApiServerOptions } from './kube-apiserver.ts';
import { makesServiceAccounts, startControllerManager } from './kube-controller-manager.ts';
import { writeSecretFile } from './secret-file.ts';
import { Supervisor } from './supervisor.ts';

/** The parts that {@link startControlPlane} starts. */
export interface ControlPlaneOptions extends ApiServerOptions {
  /**
   * Controllers for kube-controller-manager to run, just those: `['garbagecollector', 'namespace']`. With
   * `serviceaccount` among them, pods need service accounts. Default: none, and no kube-controller-manager.
   */
  readonly controllers?: readonly string[] | undefined;
  /** Where etcd's data, the logs and the credentials are kept. Default: a directory that is removed at the end. */
  readonly dataDir?: string | undefined;
  /** Called with a line for each long step and each event. Default: none. */
  readonly log?: ((line: string) => void) | undefined;
  /** Ends the start; it then rejects with the signal's reason, and nothing is left behind. */
  readonly signal?: AbortSignal | undefined;
}

/** One more apiserver of a control plane, with the same certificate and users. */
export interface OtherApiServer {
  /** The loopback port where it listens. */
  readonly port: number;
  /** Stops the process (SIGSTOP): its connections stay open, the system accepts new ones, and no answer comes. */
  suspend(): void;
  resume(): void;
  stop(): Promise<void>;
}

/** A running control plane: an etcd, a kube-apiserver, and controllers where they were asked for. */
export interface ControlPlane {
  /** Path of a kubeconfig with the contexts `admin` (current; everything is allowed) and `alice` (a plain user). */
  readonly kubeconfig: string;
  /** Where the apiserver listens, `https://127.0.0.1:PORT`. */
  readonly url: string;
  /** PEM certificates that the apiserver's is signed with. */
  readonly ca: string;
  /** Bearer token of `admin`. */
  readonly token: string;
  /** Its storage. Nobody is let in without the certificate, which each start makes anew. */
  readonly etcd: Etcd;
  /** Path of a kubectl of the same release. */
  readonly kubectl: string;
  /** Where the logs are: `etcd.log`, `kube-apiserver.log`, `kube-controller-manager.log`. */
  readonly dataDir: string;
  /** Resolves when a part ended without a request. */
  readonly failed: Promise<Error>;
  /** Ends the apiserver with SIGKILL: open connections are reset, later ones refused. */
  killApiServer(): Promise<void>;
  /** Starts the apiserver again, on the same port with the same credentials. Kills it first if it runs. */
  restartApiServer(): Promise<void>;
  /**
   * Starts one more apiserver on the same etcd, and resolves when it is ready. It ends with the control plane.
   *
   * @param etcdPort - A loopback port by which it reaches the etcd. Default the etcd's own.
   */
  startOtherApiServer(etcdPort?: number): Promise<OtherApiServer>;
  /**
   * Compacts etcd's history; the apiserver notices within 15 seconds, an apiserver that is started later at once.
   *
   * @param revision - Default: the present one.
   * @returns The revision that was compacted at.
   */
  compact(revision?: string): Promise<string>;
  /**
   * Copies everything that is stored, in place of an earlier copy. The control plane is down meanwhile, as if killed.
   */
  backUp(): Promise<void>;
  /**
   * Goes back to what {@link backUp} copied, versions included, and is down meanwhile.
   *
   * @throws Error ENOENT where there is no copy; the control plane then stays down.
   */
  restore(): Promise<void>;
  /** Ends all of it and removes the temporary directory. Calling it again does nothing more. */
  stop(): Promise<void>;
}

/**
 * Builds what is not built yet, starts a control plane on loopback and free ports, and resolves when it is ready. It
 * ends by `stop()`, or when this process does, in whatever way. Several of them run side by side.
 *
 * @throws GoMissing where it cannot be built; DaemonFailed, with the end of the log, where a part does not come up.
 */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const { controllers = [], log, signal } = options;
  const programs: Program[] = ['etcd', 'kube-apiserver', 'kubectl'];
  if (controllers.length > 0) programs.push('kube-controller-manager');
  const paths = await buildPrograms(programs, { log, signal });

  const supervisor = new Supervisor(await makeDataDir(options.dataDir), options.dataDir === undefined);
  const { dataDir, failed } = supervisor;
  try {
    const credentials = await writeCredentials(dataDir);
    const identity = await writeEtcdIdentity(dataDir);
    const startEtcdOn = (at: number, abort?: AbortSignal): Promise<Daemon> =>
      startEtcd(supervisor, { program: paths.etcd, etcd: etcdOn(at, identity) }, abort);
    const stored = await onFreePort(async (free) => ({ port: free, first: await startEtcdOn(free, signal) }));
    let storage = stored.first;
    const etcd = etcdOn(stored.port, identity);
    const serviceAccountAdmission = makesServiceAccounts(controllers);
    const setup = { ...options, program: paths['kube-apiserver'], etcd, credentials, serviceAccountAdmission };
    const startOn = (port: number, abort?: AbortSignal): Promise<Daemon> =>
      startApiServer(supervisor, { ...setup, port }, abort);
    const { port, first } = await onFreePort(async (free) => ({ port: free, first: await startOn(free, signal) }));
    let apiServer = first;
    const url = `https://127.0.0.1:${port}`;
    const ca = await apiServerCa(dataDir);
    const kubeconfig = join(dataDir, 'kubeconfig');
    await writeSecretFile(kubeconfig, kubeconfigText(url, ca, credentials));
    if (controllers.length > 0) {
      const program = paths['kube-controller-manager'];
      await startControllerManager(supervisor, { program, kubeconfig, ca, credentials, controllers }, signal);
    }
    const backup = join(dataDir, 'etcd.backup');
    const whileDown = async (action: () => Promise<void>): Promise<void> => {
      await apiServer.end();
      await storage.end();
      await action();
      storage = await startEtcdOn(stored.port);
      apiServer = await startOn(port);
    };
    log?.(`kube-apiserver is ready at ${url}, etcd at ${etcd.url}, logs in ${dataDir}`);
    return {
      ...{ kubeconfig, url, ca, token: credentials.adminToken, etcd, kubectl: paths.kubectl, dataDir, failed },
      killApiServer: () => apiServer.end(),
      restartApiServer: async () => {
        await apiServer.end();
        apiServer = await startOn(port);
      },
      startOtherApiServer: async (etcdPort = stored.port) => {
        const start = (free: number): Promise<Daemon> =>
          startApiServer(supervisor, { ...setup, etcd: etcdOn(etcdPort, identity), port: free });
        const other = await onFreePort(async (free) => ({ port: free, daemon: await start(free) }));
        const { daemon } = other;
        return {
          port: other.port,
          suspend: () => daemon.suspend(),
          resume: () => daemon.resume(),
          stop: () => daemon.end(),
        };
      },
      compact: (revision) => compactEtcd(etcd, revision),
      backUp: () => whileDown(() => replaceDir(etcdDir(dataDir), backup)),
      restore: () => whileDown(() => replaceDir(backup, etcdDir(dataDir))),
      stop: () => supervisor.stop(),
    };
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
}

async function replaceDir(source: string, target: string): Promise<void> {
  await access(source);
  await rm(target, { recursive: true, force: true });
  await cp(source, target, { recursive: true });
}
