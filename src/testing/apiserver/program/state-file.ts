import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { exactText } from '../../../protocol/numbers/json-text.ts';
import { parseExact } from '../../../protocol/numbers/parse-exact.ts';
import type { SavedState } from '../objects/saved-state.ts';
import { ProgramError } from './program-error.ts';

/**
 * The state in a file; `undefined` where there is no file.
 *
 * @throws ProgramError for a file that cannot be read, or is not JSON.
 */
export function readState(path: string): SavedState | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new ProgramError(`the state ${path} cannot be read: ${code}`);
  }
  try {
    return parseExact(text) as SavedState;
  } catch {
    throw new ProgramError(`the state ${path} is not JSON`);
  }
}

/**
 * Writes a state, readable by its owner only, since it has Secrets: whole or not at all.
 *
 * @throws ProgramError where it cannot be written; what was there stays.
 */
export function writeState(path: string, state: SavedState): void {
  const draft = `${path}.${process.pid}.draft`;
  try {
    writeFileSync(draft, `${exactText(state)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new ProgramError(
      `the state ${path} cannot be written: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`,
    );
  }
}
