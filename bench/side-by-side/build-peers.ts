import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, copyFile, cp, mkdir, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A peer that has to be built, each by its own tool chain from versions that are pinned. */
export type Peer = 'client-go' | 'client-go-recovery' | 'kube-rs' | 'fluent-client' | 'workqueue';

/** A peer that cannot be measured here, and why. */
export class PeerMissing extends Error {}

const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'kuberx', 'bench');
const run = promisify(execFile);

/**
 * Builds a peer where its sources have changed since, and returns the path of what was built: a program, or the main
 * module of fluent-client. It is kept in `$XDG_CACHE_HOME/kuberx/bench` (default `~/.cache`).
 *
 * @throws PeerMissing where its tool chain is missing or fails.
 */
export async function buildPeer(peer: Peer, log: (line: string) => void): Promise<string> {
  const { directory, inputs, result, build } = recipes[peer];
  const source = peerDir(directory ?? peer);
  const hash = createHash('sha256');
  for (const input of inputs) hash.update(await readFile(join(source, input)));
  const target = join(cache, `${peer}-${hash.digest('hex').slice(0, 12)}`);
  const built = join(target, result);
  if (await exists(built)) return built;
  log(`building ${peer}`);
  await mkdir(target, { recursive: true });
  try {
    await build(source, target);
  } catch (error) {
    await rm(target, { recursive: true, force: true });
    const { code, stderr, message } = error as { code?: unknown; stderr?: string; message: string };
    const why = code === 'ENOENT' ? 'its tool chain is not installed' : (stderr ?? message).trim().split('\n').at(-1);
    throw new PeerMissing(`${peer} was not built: ${why}`, { cause: error });
  }
  return built;
}

/** The version of a dependency that a peer is pinned to. */
export async function versionOf(peer: Peer): Promise<string> {
  const { directory, lock, version } = recipes[peer];
  return version.exec(await readFile(join(peerDir(directory ?? peer), lock), 'utf8'))?.[1] ?? 'unknown';
}

function peerDir(name: string): string {
  return fileURLToPath(new URL(`../peers/${name}/`, import.meta.url));
}

interface Recipe {
  /** Where its sources are. Default the peer's name. */
  readonly directory?: string;
  readonly inputs: readonly string[];
  readonly result: string;
  readonly lock: string;
  readonly version: RegExp;
  readonly build: (source: string, target: string) => Promise<unknown>;
}

const recipes: Readonly<Record<Peer, Recipe>> = {
  'client-go': {
    inputs: ['go.mod', 'go.sum', 'main.go'],
    result: 'client-go',
    lock: 'go.mod',
    version: /k8s\.io\/client-go v(\S+)/u,
    build: (source, target) => buildGo(source, '.', join(target, 'client-go')),
  },
  'client-go-recovery': {
    directory: 'client-go',
    inputs: ['go.mod', 'go.sum', 'recovery/main.go'],
    result: 'client-go-recovery',
    lock: 'go.mod',
    version: /k8s\.io\/client-go v(\S+)/u,
    build: (source, target) => buildGo(source, './recovery', join(target, 'client-go-recovery')),
  },
  workqueue: {
    inputs: ['go.mod', 'go.sum', 'main.go'],
    result: 'workqueue',
    lock: 'go.mod',
    version: /k8s\.io\/client-go v(\S+)/u,
    build: (source, target) => buildGo(source, '.', join(target, 'workqueue')),
  },
  'kube-rs': {
    inputs: ['Cargo.toml', 'src/main.rs'],
    result: 'kube-rs',
    lock: 'Cargo.toml',
    version: /^kube = \{ version = "=([^"]+)"/mu,
    build: async (source, target) => {
      const directory = join(cache, 'kube-rs');
      // In a copy, because cargo writes a lock file beside the manifest.
      const copy = join(target, 'source');
      await cp(source, copy, { recursive: true });
      await run('cargo', ['build', '--release', '--quiet'], {
        cwd: copy,
        env: { ...process.env, CARGO_TARGET_DIR: directory },
      });
      await copyFile(join(directory, 'release', 'kuberx-bench-kube-rs'), join(target, 'kube-rs'));
    },
  },
  'fluent-client': {
    inputs: ['package.json', 'package-lock.json'],
    result: 'node_modules/kubernetes-fluent-client/dist/index.js',
    lock: 'package-lock.json',
    version: /"node_modules\/kubernetes-fluent-client": \{\s*"version": "([^"]+)"/u,
    build: async (source, target) => {
      for (const file of ['package.json', 'package-lock.json']) await copyFile(join(source, file), join(target, file));
      await run('npm', ['ci', '--ignore-scripts', '--silent'], { cwd: target });
    },
  },
};

function buildGo(source: string, program: string, target: string): Promise<unknown> {
  return run('go', ['build', '-trimpath', '-buildvcs=false', '-o', target, program], {
    cwd: source,
    env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' },
  });
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
