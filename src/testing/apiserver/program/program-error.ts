/** Why the program does not start, for the person who started it. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
}
