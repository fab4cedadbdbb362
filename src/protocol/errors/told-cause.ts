import { printable } from './printable.ts';

/** So many causes are told, one behind the other. */
const deepest = 8;
const longestName = 100;
const longestFrame = 300;
const mostFrames = 10;

/**
 * What an error tells of its cause: name, code, message, the system call with its address and port, where it was thrown, and
 * the causes behind it. Each is printable and bounded. Platforms and libraries hang more on their errors: the bytes of a
 * response, options with a password, headers; nothing of that is kept. What is no error becomes a word.
 */
export function toldCause(cause: unknown): unknown {
  return told(cause, deepest);
}

/** Those that programs tell apart by their class. */
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

/** Where it was thrown. A message may look like a place: frames count only behind it. */
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

/** A member of what anybody may have thrown: to read it may throw as well. */
function read(given: object, name: string): unknown {
  try {
    return Reflect.get(given, name);
  } catch {
    return undefined;
  }
}
