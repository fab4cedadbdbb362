import { readFile } from 'node:fs/promises';

// By file: the end of the read that is under way, and the read that begins after it.
const underWay = new Map<string, Promise<void>>();
const next = new Map<string, Promise<string>>();

/**
 * The text of a file, by a read that begins after the call. Calls at the same time share one, and there is never more than
 * one under way of a file: no read can be ended, and each that hangs, as on a volume that does not answer, holds one of the
 * four threads that this process has for files and names.
 */
export function readAfresh(file: string): Promise<string> {
  const reading = next.get(file) ?? read(file);
  next.set(file, reading);
  return reading;
}

async function read(file: string): Promise<string> {
  await underWay.get(file);
  next.delete(file);
  const reading = readFile(file, 'utf8');
  const ended = () => void underWay.delete(file);
  underWay.set(file, reading.then(ended, ended));
  return await reading;
}
