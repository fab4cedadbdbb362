import { lstat, mkdir, mkdtemp, readdir, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The directory of a control plane: the given one, which is made where it is not there, or a new one among the temporary
 * files.
 *
 * @throws Error where another user can write to it, or something in it is another user's or a link: whoever plants a key
 * there can sign with it later.
 */
export async function makeDataDir(path: string | undefined): Promise<string> {
  if (path === undefined) return mkdtemp(join(tmpdir(), 'kuberx-controlplane-'));
  await mkdir(path, { recursive: true, mode: 0o700 });
  const dataDir = await realpath(path);
  const { mode } = await own(dataDir);
  if ((mode & 0o022) !== 0) throw new Error(`${dataDir} can be written by other users: make it yours with chmod 700`);
  for (const name of await readdir(dataDir)) await own(join(dataDir, name));
  return dataDir;
}

async function own(path: string): Promise<{ readonly mode: number }> {
  const found = await lstat(path);
  if (found.isSymbolicLink()) throw new Error(`${path} is a symbolic link: a control plane keeps its files itself`);
  if (process.getuid !== undefined && found.uid !== process.getuid()) throw new Error(`${path} is another user's`);
  return found;
}
