import { lstat, rm, writeFile } from 'node:fs/promises';

/**
 * Writes a file that its owner alone can read, in place of what is there: a link goes, and what it leads to stays.
 * Rejects where somebody is faster to the path.
 */
export async function writeSecretFile(path: string, content: string): Promise<void> {
  await rm(path, { force: true });
  await writeFile(path, content, { mode: 0o600, flag: 'wx' });
}

/** Writes such a file, unless there is a file already, which is kept. A link is none. */
export async function keepSecretFile(path: string, content: string): Promise<void> {
  const present = await lstat(path).catch(() => undefined);
  if (present?.isFile() !== true) await writeSecretFile(path, content);
}
