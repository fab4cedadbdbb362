import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The Go module that pins the control plane. */
const moduleDir = fileURLToPath(new URL('../../controlplane/', import.meta.url));

/** Go names an executable after the last element of its package, major versions left out. */
const programs = {
  etcd: { package: 'go.etcd.io/etcd/server/v3', executable: 'server' },
  'kube-apiserver': { package: 'k8s.io/kubernetes/cmd/kube-apiserver', executable: 'kube-apiserver' },
  'kube-controller-manager': {
    package: 'k8s.io/kubernetes/cmd/kube-controller-manager',
    executable: 'kube-controller-manager',
  },
  kubectl: { package: 'k8s.io/kubernetes/cmd/kubectl', executable: 'kubectl' },
} as const;

/** A program of the control plane. */
export type Program = keyof typeof programs;

/** Go is not installed, and the requested program of the control plane has not been built before. */
export class GoMissing extends Error {
  constructor() {
    super('Go is not installed: the control plane is built from source with Go 1.26 or newer (https://go.dev/dl)');
    this.name = 'GoMissing';
  }
}

/** How {@link buildPrograms} works. */
export interface BuildOptions {
  /** Called with a line for each long step. Default: none. */
  readonly log?: ((line: string) => void) | undefined;
  /** Ends the build. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Paths of the programs, built from `controlplane/go.mod` where they are not yet in the cache: some minutes for the
 * first time on two cores. The cache is `$XDG_CACHE_HOME/kuberx/controlplane` (default `~/.cache`), a directory for
 * each state of the module, the flags and the platform; it is never emptied. Builds at the same time do no harm.
 *
 * @throws GoMissing where something is to be built and there is no Go.
 */
export async function buildPrograms<P extends Program>(
  names: readonly P[],
  { log, signal }: BuildOptions = {},
): Promise<Record<P, string>> {
  const goMod = await readFile(join(moduleDir, 'go.mod'), 'utf8');
  const flags = buildFlags(goMod);
  const cacheDir = join(cacheHome(), await cacheKey(goMod, flags));
  const paths = Object.fromEntries(names.map((name) => [name, join(cacheDir, name)])) as Record<P, string>;
  const present = await Promise.all(names.map((name) => exists(paths[name])));
  const missing = names.filter((_, i) => !present[i]);
  if (missing.length === 0) return paths;

  const announce = (): void => log?.(`building ${missing.join(', ')} (some minutes for the first time)`);
  await mkdir(cacheDir, { recursive: true });
  const outputDir = await mkdtemp(join(cacheDir, 'build-'));
  try {
    const packages = missing.map((name) => programs[name].package);
    await runGo(['build', ...flags, '-o', `${outputDir}/`, ...packages], announce, signal);
    // A rename is atomic, so a half-written program is never started.
    for (const name of missing) await rename(join(outputDir, programs[name].executable), paths[name]);
  } finally {
    await rm(outputDir, { recursive: true, force: true });
  }
  return paths;
}

/** kubectl refuses to parse the version that an unstamped build has. */
function buildFlags(goMod: string): string[] {
  const version = /^\s*k8s\.io\/kubernetes (v(\d+)\.(\d+)\.\d+)/mu.exec(goMod);
  if (version === null) throw new Error('controlplane/go.mod names no version of k8s.io/kubernetes');
  const [, gitVersion, gitMajor, gitMinor] = version;
  const stamps = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((path) => [
    `-X ${path}.gitVersion=${gitVersion!}`,
    `-X ${path}.gitMajor=${gitMajor!}`,
    `-X ${path}.gitMinor=${gitMinor!}`,
  ]);
  return ['-mod=readonly', '-trimpath', '-buildvcs=false', '-ldflags', `-s -w ${stamps.join(' ')}`];
}

async function cacheKey(goMod: string, flags: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  hash.update(goMod).update(await readFile(join(moduleDir, 'go.sum')));
  hash.update([...flags, process.platform, process.arch].join('\0'));
  return hash.digest('hex').slice(0, 16);
}

function cacheHome(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'kuberx', 'controlplane');
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function runGo(args: readonly string[], started: () => void, signal: AbortSignal | undefined): Promise<void> {
  const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' };
  return new Promise((resolve, reject) => {
    const go = spawn('go', args, { cwd: moduleDir, env, signal, stdio: ['ignore', 'ignore', 'pipe'] });
    go.once('spawn', started);
    const said: string[] = [];
    go.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
    go.on('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ENOENT' ? new GoMissing() : error));
    go.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`go build failed:\n${lastLines(said.join(''), 20)}`));
    });
  });
}

function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
