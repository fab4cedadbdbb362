import { join } from 'node:path';
import type { Credentials } from './credentials.ts';
import type { Daemon } from './daemon.ts';
import { writeSecretFile } from './secret-file.ts';
import type { Supervisor } from './supervisor.ts';

/** The arguments of {@link startControllerManager}. */
export interface ControllerManagerSetup {
  readonly program: string;
  readonly kubeconfig: string;
  readonly ca: string;
  readonly credentials: Credentials;
  /** Names as kube-controller-manager has them, `garbagecollector` or `garbage-collector-controller`; no other runs. */
  readonly controllers: readonly string[];
}

/** Starts a kube-controller-manager, and resolves when its controllers are being started. */
export async function startControllerManager(
  supervisor: Supervisor,
  { program, kubeconfig, ca, credentials, controllers }: ControllerManagerSetup,
  signal?: AbortSignal,
): Promise<Daemon> {
  const rootCaFile = join(supervisor.dataDir, 'ca.crt');
  await writeSecretFile(rootCaFile, ca);
  const args = [
    `--kubeconfig=${kubeconfig}`,
    `--controllers=${controllers.join(',')}`,
    '--leader-elect=false',
    // Nobody asks it anything.
    '--secure-port=0',
    `--service-account-private-key-file=${credentials.serviceAccountKeyFile}`,
    `--root-ca-file=${rootCaFile}`,
    '--v=1',
  ];
  const probe = async (daemon: Daemon): Promise<boolean> => (await daemon.log()).includes('Controller starting');
  return supervisor.start({ program, args, endSignal: 'SIGKILL' }, probe, signal);
}

/** True if one of the controllers makes the service accounts that pods need. */
export function makesServiceAccounts(controllers: readonly string[]): boolean {
  return controllers.some((name) => name === '*' || name === 'serviceaccount' || name === 'serviceaccount-controller');
}
