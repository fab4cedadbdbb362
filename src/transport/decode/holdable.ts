import { isJsonRecord, type JsonRecord } from './json-record.ts';
import { isText } from './object-rule.ts';

/** An object that a cache can hold. */
export interface Holdable extends JsonRecord {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
  };
}

/**
 * Returns the object if a cache can hold it, or else the reason in words, without the object's content. A cache needs
 * only a key: `metadata.name`, and a namespace that is text, null or absent. Everything else is taken as it comes. A
 * null namespace, and a uid or version that is not text, count as absent: the object is then a copy without them.
 */
export function holdable(value: unknown): Holdable | string {
  if (!isJsonRecord(value)) return 'is not an object';
  const { metadata } = value;
  if (!isJsonRecord(metadata)) return 'has no metadata';
  const { name, namespace, uid, resourceVersion } = metadata;
  if (!isText(name)) return 'has no metadata.name';
  if (namespace !== null && !isTextOrAbsent(namespace)) return 'has a metadata.namespace that is not text';
  if (namespace !== null && isTextOrAbsent(uid) && isTextOrAbsent(resourceVersion)) return value as Holdable;
  // Copying by entries keeps an own `__proto__` as data.
  const kept = Object.entries(metadata).filter(([key, each]) => !identity.has(key) || typeof each === 'string');
  return { ...value, metadata: Object.fromEntries(kept) as unknown as Holdable['metadata'] };
}

const identity = new Set(['namespace', 'uid', 'resourceVersion']);

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}
