import { catchError, type MonoTypeOperatorFunction, throwError } from 'rxjs';
import { KubeError } from '../../protocol/errors/kube-error.ts';

/** What a kube-apiserver says of a path that it serves in another scope; of others it says `404 page not found`, as text. */
const unserved = 'the server could not find the requested resource';

/**
 * Tells a resource that the server does not have from an object that is not there: both are 404. A `path` of a collection is
 * never that of an object; of an object, what names none decides. `hint` says what else it may be.
 */
export function tellNotServed<T>(
  resource: string,
  path: string,
  what: 'collection' | 'object',
  hint = '',
): MonoTypeOperatorFunction<T> {
  return catchError((error: unknown) =>
    throwError(() =>
      error instanceof KubeError && error.code === 404 && (what === 'collection' || namesNone(error))
        ? notServed(resource, path, error, hint)
        : (error as Error),
    ),
  );
}

function namesNone({ status }: KubeError): boolean {
  return status?.reason === undefined || (!status.details?.name && status.message === unserved);
}

function notServed(resource: string, path: string, { code, status, retryAfter }: KubeError, hint: string): KubeError {
  const at = path.split('?', 1)[0] ?? path;
  const message = `the server has no such resource${hint} (404 at ${at})`;
  return new KubeError({ reason: 'NotFound', resource, message, code, status, retryAfter });
}
