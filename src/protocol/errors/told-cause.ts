import { printable } from './printable.ts';

/** A chain of causes is copied up to its 8th. */
const deepest = 8;
const longestName = 100;
const longestFrame = 300;
const mostFrames = 10;

/**
 * A copy of an error that is safe to keep and to print: name, code, message, the system call with its address and port, where it
 * was thrown, and its own causes, each printable and bounded. Platforms and libraries add more to their errors, such as the
 * bytes of a response, options with a password, or headers: none of that is copied. A value that is not an error becomes a word.
 */
export function toldCause(cause: unknown): unknown {
  return told(cause, deepest);
}

/** The errors that programs tell apart by their class. */
const builtIn: Readonly<Record<string, ErrorConstructor>> = { RangeError, SyntaxError, TypeError };

function toldError(given: object, left: number): Error {
  const cause = left > 1 ? told(read(given, 'cause') ?? firstOf(read(given, 'errors')), left - 1) : undefined;
  const name = textOf(given, 'name', longestName) ?? 'Error';
  const known = Object.hasOwn(builtIn, name) ? builtIn[name] : undefined;
  const error = new (known ?? Error)(textOf(given, 'message'), cause === undefined ? undefined : { cause });
  if (error.name !== name) error.name = name;
  error.stack = stackOf(error, given);
  return Object.assign(error, {
    ...textOrNumber(given, 'code'),
    ...textOrNumber(given, 'syscall'),
    ...textOrNumber(given, 'address'),
    ...textOrNumber(given, 'port'),
  });
}

function textOrNumber(given: object, name: string): Readonly<Record<string, string | number>> {
  const value = read(given, name);
  if (typeof value === 'string') return { [name]: printable(value, longestName) };
  return typeof value === 'number' ? { [name]: value } : {};
}

function told(cause: unknown, left: number): unknown {
  if (typeof cause === 'string') return printable(cause);
  if (typeof cause === 'function' || typeof cause === 'symbol') return `a ${typeof cause}`;
  if (typeof cause !== 'object' || cause === null) return cause;
  return typeof read(cause, 'message') === 'string' ? toldError(cause, left) : 'an object';
}

/** Where an error was thrown. Only the lines after the message count as frames, since a message may look like one. */
function stackOf({ name, message }: Error, given: object): string {
  const [stack, words] = [read(given, 'stack'), read(given, 'message')];
  const head = message === '' ? name : `${name}: ${message}`;
  if (typeof stack !== 'string' || typeof words !== 'string' || words === '') return head;
  const at = stack.indexOf(words);
  if (at === -1) return head;
  const frames = stack.slice(at + words.length, at + words.length + 2 * mostFrames * longestFrame).split('\n');
  const places = frames.filter((frame) => /^ {4}at /.test(frame)).slice(0, mostFrames);
  return [head, ...places.map((frame) => `    ${printable(frame, longestFrame)}`)].join('\n');
}

function textOf(given: object, name: string, longest?: number): string | undefined {
  const value = read(given, name);
  return typeof value === 'string' ? printable(value, longest) : undefined;
}

function firstOf(errors: unknown): unknown {
  return Array.isArray(errors) ? (errors[0] as unknown) : undefined;
}

/** A member of a thrown value. Reading it may throw as well. */
function read(given: object, name: string): unknown {
  try {
    return Reflect.get(given, name);
  } catch {
    return undefined;
  }
}
