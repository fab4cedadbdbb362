import { printable } from 'kuberx';

/** Each of what it quotes has its own limit. */
const longestMessage = 4000;

/** What keeps the program from starting, or has no use in being tried again: one line on stderr, and exit code 2. */
export class StartError extends Error {
  constructor(message: string, cause?: unknown) {
    super(printable(message, longestMessage), cause === undefined ? undefined : { cause });
    this.name = 'StartError';
  }
}
