import { KubeError } from '../../protocol/errors/kube-error.ts';
import { isPlainObject } from '../../streams/checks/is-plain-object.ts';

// Headers may hold a secret: no error quotes them, and the platform's cause, which does, is dropped.
/**
 * The headers that a function of the user gives for a request; none without one. Throws the `KubeError` Credentials if it throws
 * or returns invalid headers.
 */
export function askedHeaders(
  resource: string,
  headers: (() => Readonly<Record<string, string>> | Headers) | undefined,
): Readonly<Record<string, string>> {
  if (headers === undefined) return {};
  const failure = (message: string, cause?: unknown) =>
    new KubeError({ reason: 'Credentials', resource, message: `the headers of the request ${message}`, cause });
  let entries: readonly (readonly [string, unknown])[];
  let fault: string | undefined;
  try {
    const given: unknown = headers();
    fault = faultOf(given);
    entries = isHeaders(given) ? [...given] : fault === undefined ? Object.entries(given as object) : [];
  } catch (cause) {
    throw failure('failed', cause);
  }
  const other = entries.find(([, text]) => typeof text !== 'string');
  if (other !== undefined) fault = `have what is not a string: a header that is ${kindOf(other[1])}`;
  if (fault !== undefined) throw failure(fault);
  try {
    return Object.fromEntries(new Headers(entries as [string, string][]));
  } catch {
    throw failure('have a name or a text that no header can have');
  }
}

// Recognised by its tag, which also works for a Headers of another realm or of another library's `fetch`.
function isHeaders(given: unknown): given is Headers {
  return Object.prototype.toString.call(given) === '[object Headers]';
}

/** The fault of invalid headers. A value without own members to spread would send the request without headers. */
function faultOf(given: unknown): string | undefined {
  if (isHeaders(given)) return undefined;
  if (typeof (given as { then?: unknown } | null | undefined)?.then === 'function') {
    if (given instanceof Promise) given.catch(() => undefined);
    return 'are a promise, and have to be there when they are asked for';
  }
  return isPlainObject(given) ? undefined : `are ${kindOf(given)}, and no record of texts`;
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
