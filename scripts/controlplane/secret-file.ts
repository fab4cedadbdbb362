import { lstat, rm, writeFile } from 'node:fs/promises';

/**
 * Writes a file that only its owner can read, in place of the existing one. A link is removed, and its target stays.
 * Rejects if another process is faster to the path.
 */
export async function writeSecretFile(path: string, content: string): Promise<void> {
  await rm(path, { force: true });
  await writeFile(path, content, { mode: 0o600, flag: 'wx' });
}

/** Writes such a file unless there is one already. A link does not count as one. */
export async function keepSecretFile(path: string, content: string): Promise<void> {
  const present = await lstat(path).catch(() => undefined);
  if (present?.isFile() !== true) await writeSecretFile(path, content);
}
