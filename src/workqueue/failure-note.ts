/** What is kept of a failure: words, and not the error, which may hold the body of a request. */
export interface FailureNote {
  readonly name: string;
  readonly message: string;
  /** A word or number of the error, if it has one. */
  readonly reason?: string;
  readonly code?: string | number;
}

/** Returns what is kept of what was thrown, whatever that is. */
export function failureNote(thrown: unknown): FailureNote {
  try {
    return noteOf(thrown);
  } catch {
    return { name: 'Error', message: 'something was thrown that throws when it is read' };
  }
}

function noteOf(thrown: unknown): FailureNote {
  if (typeof thrown !== 'object' || thrown === null) return { name: 'Error', message: text(thrown) };
  const { name, message, reason, code } = thrown as Readonly<Record<string, unknown>>;
  return {
    name: typeof name === 'string' ? name : 'Error',
    message: typeof message === 'string' ? message : 'something was thrown that is not an error',
    ...(typeof reason === 'string' && { reason }),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
  };
}

function text(thrown: unknown): string {
  return typeof thrown === 'function' ? 'a function was thrown' : String(thrown);
}
