/** Which resource is meant. */
export interface ResourceName {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
}

/** What the path of a request names: a collection, an object or a part of one. */
export interface ResourcePath extends ResourceName {
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
}

function decoded(path: string): string[] | undefined {
  const segments = path.split('/');
  segments.shift();
  if (!path.includes('%')) return segments;
  try {
    return segments.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** Parts of a namespace itself; anything else in their place is a collection inside it. */
const namespaceParts = new Set(['status', 'finalize']);

/** Reads `/api/v1/...` and `/apis/<group>/<version>/...`; `undefined` for every other path. */
export function parseResourcePath(path: string): ResourcePath | undefined {
  const segments = decoded(path);
  if (segments === undefined || segments.includes('')) return undefined;
  const [root, ...parts] = segments;
  const group = root === 'apis' ? parts.shift() : root === 'api' ? '' : undefined;
  const version = parts.shift();
  if (group === undefined || version === undefined) return undefined;
  const inNamespace =
    parts[0] === 'namespaces' && parts.length > 2 && !(parts.length === 3 && namespaceParts.has(parts[2] ?? ''));
  const namespace = inNamespace ? parts[1] : undefined;
  const [plural, name, subresource, ...rest] = inNamespace ? parts.slice(2) : parts;
  if (plural === undefined || rest.length > 0) return undefined;
  return {
    group,
    version,
    plural,
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
    ...(subresource !== undefined && { subresource }),
  };
}

/**
 * Reads `v1/pods` and `apps/v1/deployments`.
 *
 * @throws TypeError where the text is neither.
 */
export function parseResourceName(resource: string): ResourceName {
  const parts = resource.split('/');
  const [group, version, plural] = parts.length === 2 ? ['', ...parts] : parts;
  if (parts.length > 3 || group === undefined || !version || !plural) {
    throw new TypeError(
      `${JSON.stringify(resource)} is not a resource: expected "version/plural" or "group/version/plural"`,
    );
  }
  return { group, version, plural };
}
