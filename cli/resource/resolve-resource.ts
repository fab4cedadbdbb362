import { catchError, map, type Observable, of, throwError, timeout } from 'rxjs';
import { KubeError, printable, seconds } from 'kuberx';
import { type Discovery, UnknownResourceError } from 'kuberx/http';
import { StartError } from '../start-error.ts';
import type { ResourceName, ResourceWord, WantedResource } from './wanted-resource.ts';

/** What of a resource is asked for: one namespace, all of them, or the one of the context. */
export type NamespaceChoice = { readonly namespace: string } | 'all' | 'context';

/** A resource and its part that is shown. */
export interface ResolvedResource {
  /** `v1/pods`, `example.com/v1/widgets`. */
  readonly name: string;
  /** All namespaces, or a resource that has none, where it is left out. */
  readonly namespace?: string;
}

/** So long a server may take to say what it has. */
const deadline = seconds(10);

/**
 * The resource and the namespace to show. The server is asked only for what is not built in: for the name behind a word,
 * and for whether a resource has namespaces where that decides.
 *
 * @returns one value. Errors with a StartError where the server has no such resource, or cannot be asked.
 */
export function resolveResource(
  apis: Discovery,
  wanted: WantedResource,
  choice: NamespaceChoice,
  ofContext: string,
): Observable<ResolvedResource> {
  const resolved = (name: string, namespaced: boolean): ResolvedResource => {
    if (!namespaced || choice === 'all') return { name };
    return { name, namespace: choice === 'context' ? ofContext : choice.namespace };
  };
  if ('namespaced' in wanted) return of(resolved(wanted.name, wanted.namespaced));
  if ('name' in wanted && choice !== 'context') return of(resolved(wanted.name, true));
  return apis.resource(textOf(wanted)).pipe(
    timeout({ first: deadline, with: () => throwError(() => late()) }),
    catchError((error: unknown) =>
      throwError(() =>
        error instanceof UnknownResourceError
          ? new StartError(unknown(wanted, error), error)
          : unanswered(wanted, error),
      ),
    ),
    map(({ name, namespaced, verbs }) => {
      if (!verbs.includes('list') || !verbs.includes('watch'))
        throw new StartError(`${printable(name)} cannot be watched, says the server`);
      return resolved(name, namespaced);
    }),
  );
}

/** As kubectl takes it: `widgets`, `widgets.example.com`, `widgets.v1.example.com`; or the full name. */
function textOf(wanted: ResourceName | ResourceWord): string {
  if ('name' in wanted) return wanted.name;
  const { word, version, group } = wanted;
  return [word, version, group].filter((part) => part !== undefined).join('.');
}

function unknown(wanted: ResourceName | ResourceWord, { near, unread }: UnknownResourceError): string {
  const lost = unread.length === 0 ? '' : `; it did not tell all of ${printable(unread.join(', '))}`;
  if ('name' in wanted) return `the server has no resource ${wanted.name}${meant(near)}${lost}`;
  const { word, group } = wanted;
  const where = group === undefined ? '' : ` in the group ${group}`;
  const example = '; in full it is group/version/plural, such as "apps/v1/deployments"';
  return `the server has no resource "${word}"${where}${near.length === 0 ? example : meant(near)}${lost}`;
}

function meant(near: readonly string[]): string {
  return near.length === 0 ? '' : `; it has ${printable(near.join(', '))}`;
}

function unanswered(wanted: ResourceName | ResourceWord, error: unknown): StartError {
  if (!(error instanceof KubeError)) throw error;
  const why = `${printable(error.message)} (${error.reason})`;
  return new StartError(
    'name' in wanted
      ? `whether ${wanted.name} has namespaces only the server knows, and it did not say: ${why}; add -n NAMESPACE or -A`
      : `"${wanted.word}" is not built in, and the server did not say what it is: ${why}; write it as ` +
          'group/version/plural, such as "apps/v1/deployments", with -n NAMESPACE or -A',
    error,
  );
}

function late(): KubeError {
  return new KubeError({ reason: 'Timeout', resource: 'discovery', message: `no answer within ${deadline / 1000} s` });
}
