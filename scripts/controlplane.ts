/**
 * `npm run controlplane`: starts a real control plane, prints the path of its kubeconfig as the only line on stdout, and
 * runs until SIGINT, SIGTERM or SIGHUP, or until the process that started it is gone. Exit codes: 0 asked to end,
 * 1 it failed, 2 bad arguments, 3 Go is missing.
 */
import { program } from 'commander';
import { GoMissing } from './controlplane/binaries.ts';
import { startControlPlane } from './controlplane/control-plane.ts';

interface Options {
  readonly emulatedVersion?: string;
  readonly authorizationMode?: string;
  readonly watchCache: boolean;
  readonly compactionInterval?: string;
  readonly eventTtl?: string;
  readonly controllers?: string[];
  readonly dataDir?: string;
}

program
  .name('npm run controlplane --')
  .description('Starts etcd and kube-apiserver on loopback and prints the path of their kubeconfig.')
  .option('--emulated-version <version>', 'behave like an earlier release, 1.33 for example')
  .option('--authorization-mode <mode>', 'RBAC, for example (default: AlwaysAllow)')
  .option('--no-watch-cache', 'serve every list and watch from etcd')
  .option('--compaction-interval <duration>', 'how often to compact etcd, 5s for example (default: 24h)')
  .option('--event-ttl <duration>', 'how long Events live (default: 1h)')
  .option('--controllers <names>', 'controllers to run, separated by commas (default: none)', (names) =>
    names.split(','),
  )
  .option('--data-dir <path>', 'keep the data here (default: a directory that is removed at the end)')
  .argument('[flags...]', 'further flags for kube-apiserver, after --')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();

const log = (line: string): void => void process.stderr.write(`${line}\n`);
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
// npm passes a SIGTERM on to its shell only: all that is seen of it here is another parent.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) stopping.abort();
}, 500).unref();

process.exitCode = await run(program.opts<Options>(), program.args).catch((error: unknown) => {
  if (stopping.signal.aborted) return 0;
  log(error instanceof Error ? error.message : String(error));
  return error instanceof GoMissing ? 3 : 1;
});

async function run(options: Options, apiServerFlags: readonly string[]): Promise<number> {
  const { signal } = stopping;
  const controlPlane = await startControlPlane({ ...options, apiServerFlags, log, signal });
  process.stdout.write(`${controlPlane.kubeconfig}\n`);
  const asked = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined));
  });
  const failure = await Promise.race([asked, controlPlane.failed]);
  if (failure !== undefined) log(failure.message);
  await controlPlane.stop();
  return failure === undefined ? 0 : 1;
}
