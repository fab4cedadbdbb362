import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const sources = fileURLToPath(new URL('../../spec/peers/', import.meta.url));
const run = promisify(execFile);

/** A client that has to be built or installed, from versions that are pinned. kubectl is part of the control plane's programs. */
export type Client = 'client-go' | 'controller-runtime' | 'documented-go' | 'documented-python' | 'kopf';

/** A client cannot be made here, and why: its tool chain is absent, or fails. */
export class ClientMissing extends Error {
  constructor(client: Client, why: string, options?: ErrorOptions) {
    super(`${client} was not made: ${why}`, options);
    this.name = 'ClientMissing';
  }
}

interface Recipe {
  readonly toolChain: string;
  /** The folder of its sources. */
  readonly source: string;
  /** What is run, within what was made. */
  readonly result: string;
  readonly make: (source: string, target: string) => Promise<void>;
}

const recipes: Readonly<Record<Client, Recipe>> = {
  'client-go': goProgram('client-go'),
  'controller-runtime': goProgram('controller-runtime'),
  'documented-go': goProgram('documented', ['test', '-c']),
  'documented-python': pythonProgram('python', 'python'),
  kopf: pythonProgram('kopf', 'kopf'),
};

function goProgram(name: string, verb: readonly string[] = ['build']): Recipe {
  return {
    toolChain: 'Go 1.26 or newer (https://go.dev/dl)',
    source: 'go',
    result: name,
    async make(source, target) {
      const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' };
      const flags = ['-mod=readonly', '-trimpath', '-buildvcs=false'];
      await run('go', [...verb, ...flags, '-o', join(target, name), `./${name}`], { cwd: source, env });
    },
  };
}

/** What a folder's `requirements.txt` installs; `name` is the program of it that is run. */
function pythonProgram(folder: string, name: string): Recipe {
  return {
    toolChain: 'Python 3 with venv and pip (https://python.org)',
    source: folder,
    result: `venv/bin/${name}`,
    async make(source, target) {
      // The path of the interpreter is part of what pip writes: it is made where it stays.
      const venv = join(target, 'venv');
      await copyFile(join(source, 'requirements.txt'), join(target, 'requirements.txt'));
      await run('python3', ['-m', 'venv', venv]);
      const quiet = ['--quiet', '--disable-pip-version-check', '--no-input'];
      await run(join(venv, 'bin/pip'), ['install', ...quiet, '-r', join(source, 'requirements.txt')]);
    },
  };
}

/**
 * Makes a client where its sources have changed since, and gives the path of its program. It is kept in
 * `$XDG_CACHE_HOME/kuberx/peers` (default `~/.cache`), which is never emptied. Several at the same time do no harm.
 *
 * @throws ClientMissing where its tool chain is absent or fails.
 */
export async function buildClient(client: Client, log?: (line: string) => void): Promise<string> {
  const { toolChain, source, result, make } = recipes[client];
  const folder = join(sources, source);
  const target = join(cacheHome(), `${client}-${await fingerprint(folder)}`);
  const program = join(target, result);
  const marker = join(target, 'made');
  if (await exists(marker)) return program;
  log?.(`making ${client} (a minute or two for the first time)`);
  try {
    await mkdir(target, { recursive: true });
    await make(folder, target);
    await markMade(target, marker);
  } catch (error) {
    await rm(target, { recursive: true, force: true });
    const { code, stderr, message } = error as { code?: unknown; stderr?: string; message: string };
    const said = (stderr ?? message).trim().split('\n').slice(-3).join(' ');
    throw new ClientMissing(client, code === 'ENOENT' ? `there is no ${toolChain}` : said, { cause: error });
  }
  return program;
}

/** Written last and at once, so that nothing half-made is ever run. */
async function markMade(target: string, marker: string): Promise<void> {
  await rename(await mkdtemp(join(target, 'made-')), marker);
}

async function fingerprint(folder: string): Promise<string> {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.filter(isSource).sort()) hash.update(relative(folder, file)).update(await readFile(file));
  return hash.digest('hex').slice(0, 12);
}

/** What kopf runs is no part of what is installed for it. */
function isSource(file: string): boolean {
  return /\.(go|mod|sum|txt)$/.test(file);
}

function cacheHome(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'kuberx', 'peers');
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
