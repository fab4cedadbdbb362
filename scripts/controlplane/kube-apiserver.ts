import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Credentials } from './credentials.ts';
import type { Daemon } from './daemon.ts';
import type { Etcd } from './etcd.ts';
import { request } from './http-request.ts';
import type { Supervisor } from './supervisor.ts';

/** The options of a kube-apiserver. */
export interface ApiServerOptions {
  /** Behaves like an earlier release, `1.33` to `1.36`. Default: the release it is. */
  readonly emulatedVersion?: string | undefined;
  /** Default: `AlwaysAllow`. */
  readonly authorizationMode?: string | undefined;
  /** False: every list and watch goes to etcd. Default: true. */
  readonly watchCache?: boolean | undefined;
  /**
   * The time between compactions of etcd by the apiserver, as Go writes durations. Default: `24h`, hence never in a
   * test.
   */
  readonly compactionInterval?: string | undefined;
  /** The lifetime of Events, as Go writes durations. Default: `1h`. */
  readonly eventTtl?: string | undefined;
  /** Further flags for kube-apiserver; they come last and win. */
  readonly apiServerFlags?: readonly string[] | undefined;
}

/** The further needs of {@link startApiServer}. */
export interface ApiServerSetup extends ApiServerOptions {
  readonly program: string;
  readonly etcd: Etcd;
  readonly port: number;
  readonly credentials: Credentials;
  /** Pods then need their service account, which a controller has to make. */
  readonly serviceAccountAdmission: boolean;
}

/** Starts a kube-apiserver on the given loopback port, and resolves when it is ready. */
export function startApiServer(supervisor: Supervisor, setup: ApiServerSetup, signal?: AbortSignal): Promise<Daemon> {
  const { dataDir } = supervisor;
  const { program, port, credentials } = setup;
  const probe = async (): Promise<boolean> => {
    const url = `https://127.0.0.1:${port}/readyz`;
    const ca = await apiServerCa(dataDir);
    const { status } = await request(url, { ca, token: credentials.adminToken, timeout: 2_000 });
    return status === 200;
  };
  // Its state is in etcd, and after a SIGTERM open watches would keep it alive for a minute.
  return supervisor.start({ program, args: flags(setup, dataDir), endSignal: 'SIGKILL' }, probe, signal);
}

/** The apiserver signs its own serving certificate and keeps it, together with the authority's, in one file. */
export function apiServerCa(dataDir: string): Promise<string> {
  return readFile(join(dataDir, 'certs', 'apiserver.crt'), 'utf8');
}

function flags(setup: ApiServerSetup, dataDir: string): string[] {
  const { credentials, emulatedVersion, etcd } = setup;
  const disabledAdmission = ['StorageObjectInUseProtection', 'PodSecurity'];
  if (!setup.serviceAccountAdmission) disabledAdmission.push('ServiceAccount');
  return [
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${setup.port}`,
    `--cert-dir=${join(dataDir, 'certs')}`,
    `--etcd-servers=${etcd.url}`,
    `--etcd-cafile=${etcd.identity.certificateFile}`,
    `--etcd-certfile=${etcd.identity.certificateFile}`,
    `--etcd-keyfile=${etcd.identity.keyFile}`,
    `--etcd-compaction-interval=${setup.compactionInterval ?? '24h'}`,
    '--service-cluster-ip-range=10.0.0.0/24',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${credentials.serviceAccountKeyFile}`,
    `--service-account-signing-key-file=${credentials.serviceAccountKeyFile}`,
    `--token-auth-file=${credentials.tokenFile}`,
    `--authorization-mode=${setup.authorizationMode ?? 'AlwaysAllow'}`,
    '--anonymous-auth=false',
    `--disable-admission-plugins=${disabledAdmission.join(',')}`,
    '--endpoint-reconciler-type=none',
    `--event-ttl=${setup.eventTtl ?? '1h'}`,
    `--watch-cache=${setup.watchCache ?? true}`,
    '--allow-privileged=true',
    '--profiling=false',
    '--v=1',
    ...(emulatedVersion === undefined ? [] : [`--emulated-version=kube=${emulatedVersion}`]),
    ...(setup.apiServerFlags ?? []),
  ];
}
