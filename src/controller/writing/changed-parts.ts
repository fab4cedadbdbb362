import { isEqual } from '../../informer/pace/is-equal.ts';
import type { JsonPatchOperation } from '../../protocol/patch.ts';
import { isPlainObject } from '../../streams/checks/is-plain-object.ts';

/** One member that differs: its new value, or `undefined` where it is gone. */
export interface ChangedPart {
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * The members that lead from one object to another, each as deep as both have objects. An array is one member. A member that
 * is `undefined` is not there, as in JSON.
 */
export function changedParts(before: unknown, after: unknown, path: readonly string[] = []): ChangedPart[] {
  if (Object.is(before, after)) return [];
  if (!isPlainObject(before) || !isPlainObject(after)) return isEqual(before, after) ? [] : [{ path, value: after }];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Array.from(names).flatMap((name) => changedParts(own(before, name), own(after, name), [...path, name]));
}

function own(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** True where a merge patch can say it: its null means that a member is gone, and so no member can become null. */
export function fitsMergePatch({ value }: ChangedPart): boolean {
  return value !== null && !hasNullMember(value);
}

function hasNullMember(value: unknown): boolean {
  return isPlainObject(value) && Object.values(value).some((each) => each === null || hasNullMember(each));
}

/** The merge patch of these changes, RFC 7386. */
export function mergePatchOf(parts: readonly ChangedPart[]): object {
  const patch = bare();
  for (const { path, value } of parts) {
    const [last = '', ...above] = [...path].reverse();
    const parent = above.reduceRight((each, name) => (each[name] ??= bare()) as Members, patch);
    parent[last] = value ?? null;
  }
  return patch;
}

type Members = Record<string, unknown>;

/** Without a prototype, so that a member `__proto__` is one like any other. */
function bare(): Members {
  return Object.create(null) as Members;
}

/** The JSON patch of these changes, RFC 6902. */
export function jsonPatchOf(parts: readonly ChangedPart[]): JsonPatchOperation[] {
  return parts.map(({ path, value }) => {
    const pointer = path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    return value === undefined ? { op: 'remove', path: pointer } : { op: 'add', path: pointer, value };
  });
}

/** The path of the first value that JSON has no word for, or would turn into another. Numbers are the client's to check. */
export function notJson(value: unknown, path = ''): string | undefined {
  if (value === null || ['string', 'boolean', 'undefined', 'number', 'bigint'].includes(typeof value)) return undefined;
  if (!Array.isArray(value) && !isPlainObject(value)) return path;
  for (const [name, each] of Object.entries(value)) {
    const found = notJson(each, `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
