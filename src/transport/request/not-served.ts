import { catchError, type MonoTypeOperatorFunction, throwError } from 'rxjs';
import { KubeError } from '../../protocol/errors/kube-error.ts';

/**
 * A kube-apiserver's text for a path that it serves in another scope. Its text for other unknown paths is `404 page not
 * found`.
 */
const unserved = 'the server could not find the requested resource';

/**
 * Tells a 404 for a resource that the server does not have from a 404 for a missing object. For the `path` of a
 * collection it is always the resource. For the path of an object, it is the resource if the answer names no object.
 * `hint` names another possible cause.
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
