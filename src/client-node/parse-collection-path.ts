import { isLabel, parseResource, ResourceSyntaxError } from '../transport/request/parse-resource.ts';
import type { Selectors } from '../protocol/collection-options.ts';
import { withoutEndSlashes } from '../transport/request/without-end-slashes.ts';

/** The parts of a collection's path. */
export interface CollectionPath extends Selectors {
  /** The resource in the form of `listWatch`: `v1/pods`. */
  readonly resource: string;
  /** Unset for all namespaces, and for resources without namespaces. */
  readonly namespace?: string;
}

const expected =
  'Expected the path of a collection, such as "/api/v1/pods", "/api/v1/namespaces/default/pods" ' +
  'or "/apis/apps/v1/deployments".';

/** The parts after a namespace that are not collections in it. Source: the paths of the core API. */
const namespaceParts: readonly string[] = ['status', 'finalize'];

/**
 * Parses the path of a collection, in the form of client-node's `Watch`. Slashes at its end do not count; its query may
 * hold a `labelSelector` and a `fieldSelector`.
 *
 * @throws ResourceSyntaxError that describes the invalid text.
 */
export function parseCollectionPath(text: string): CollectionPath {
  const refuse = (looksLike: string): never => {
    throw new ResourceSyntaxError(text, looksLike, expected);
  };
  if (typeof text !== 'string') refuse('it is not a text');
  if (text === '') refuse('it is empty');
  const mark = text.indexOf('?');
  const path = mark === -1 ? text : text.slice(0, mark);
  const [start, root, ...parts] = decoded(withoutEndSlashes(path)) ?? refuse('it is not in URL encoding');
  if (start !== '') refuse(/^[a-z]+:\/\//i.test(path) ? 'it looks like a URL' : 'it does not start with a slash');
  if (root !== 'api' && root !== 'apis') refuse('it starts with neither /api nor /apis');
  if (parts.includes('')) refuse('a part between its slashes is empty');

  const apiVersion = parts.splice(0, root === 'api' ? 1 : 2).join('/');
  if (parts[0] === 'watch') refuse('it is a path of the old kind for watches; it is right without "watch"');
  const namespace = parts[0] === 'namespaces' && parts.length > 2 ? parts[1] : undefined;
  if (namespace !== undefined) {
    parts.splice(0, 2);
    if (!isLabel(namespace)) refuse(`${JSON.stringify(namespace)} cannot be a namespace`);
    if (namespaceParts.includes(parts[0] ?? '')) refuse('it names a part of a namespace');
  }
  const [plural, name] = parts;
  if (plural === undefined) refuse('it names no collection');
  if (name !== undefined)
    refuse('it names one object or a part of one; of its collection, the field selector "metadata.name=…" watches it');
  const resource = `${apiVersion}/${plural ?? ''}`;
  try {
    parseResource(resource);
  } catch (error) {
    const wrong = `${JSON.stringify(resource)} is not the version and plural of an API group`;
    const meant = error instanceof ResourceSyntaxError ? error.meant : undefined;
    refuse(meant === undefined ? wrong : `${wrong}, ${JSON.stringify(meant)} is`);
  }
  return {
    resource,
    ...(namespace !== undefined && { namespace }),
    ...(mark !== -1 && selectorsOf(new URLSearchParams(text.slice(mark)), refuse)),
  };
}

function decoded(path: string): string[] | undefined {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function selectorsOf(query: URLSearchParams, refuse: (looksLike: string) => never): Selectors {
  for (const name of query.keys()) {
    if (name !== 'labelSelector' && name !== 'fieldSelector')
      refuse(`its query asks for ${JSON.stringify(name)}, and can ask for labelSelector and fieldSelector only`);
  }
  return Object.fromEntries(query);
}
