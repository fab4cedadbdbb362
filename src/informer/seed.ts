import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../protocol/objects/object-key.ts';
import { printable } from '../protocol/errors/printable.ts';
import { SeedError } from './seed-error.ts';

/**
 * A complete state of an earlier time for an informer to begin with: what `snapshot.list()` and `snapshot.resourceVersion` gave
 * to a server that renders a page, or to a browser that kept it. The informer has it at once, stale, and watches from its version.
 */
export interface Seed<T> {
  /**
   * All objects that the informer would list, as it stores them: they are not transformed again. A part of them is not a seed,
   * because what is missing would never come. They are deep frozen.
   */
  readonly objects: readonly T[];
  /** The version of the state, from the snapshot or from the list that it is of. It is not the version of an object. */
  readonly resourceVersion: string;
  /**
   * When the state was up to date, in milliseconds of the scheduler's time: those of `Date.now()` by default. Default: now.
   * From one minute on, a list of one object verifies that the server has the version before it is watched; without that, a server
   * restored from a backup would be noticed only after `watchTimeout`, because a watch from a version of the future is silent.
   */
  readonly asOf?: number | undefined;
}

/** A seed whose objects have keys. */
export interface CheckedSeed<T> {
  readonly objects: readonly { readonly key: string; readonly object: T }[];
  readonly resourceVersion: string;
  readonly asOf: number | undefined;
}

/** Visible ASCII. The server decides about the rest, because an aggregated API may use any text. */
const version = /^[!-~]{1,1024}$/;

/** How much of an invalid version an error shows, in characters. */
const longestShown = 40;

/** `0` asks for any version, and the words are what a missing value becomes in a text. */
const noVersions: ReadonlySet<string> = new Set(['0', 'undefined', 'null', 'NaN']);

/**
 * The seed with the keys of its objects. Only own properties count, so that nothing is taken from a prototype. Throws a
 * {@link SeedError} for anything but a state to begin with.
 */
export function checkedSeed<T extends KubernetesObject>(resource: string, seed: Seed<T>): CheckedSeed<T> {
  try {
    return readSeed(resource, seed);
  } catch (cause) {
    throw cause instanceof SeedError ? cause : new SeedError({ resource, message: 'reading it threw', cause });
  }
}

function readSeed<T extends KubernetesObject>(resource: string, seed: Seed<T>): CheckedSeed<T> {
  if (typeof seed !== 'object' || (seed as unknown) === null)
    throw new SeedError({ resource, message: `it is ${typeWord(seed)}; it takes { objects, resourceVersion }` });
  const objects = own(seed, 'objects');
  const resourceVersion = own(seed, 'resourceVersion');
  const asOf = own(seed, 'asOf');
  if (!Array.isArray(objects))
    throw new SeedError({ resource, message: `its objects are ${typeWord(objects)}; they are an array` });
  if (typeof resourceVersion !== 'string')
    throw new SeedError({ resource, message: `its resourceVersion is ${typeWord(resourceVersion)}; it is a text` });
  if (!version.test(resourceVersion) || noVersions.has(resourceVersion)) {
    const given = JSON.stringify(printable(resourceVersion, longestShown));
    throw new SeedError({ resource, message: `its resourceVersion is ${given}; it is that of a list or a snapshot` });
  }
  if (asOf !== undefined && !Number.isFinite(asOf))
    throw new SeedError({ resource, message: `its asOf is not a time in milliseconds` });
  return { objects: keyed(resource, objects as readonly T[]), resourceVersion, asOf: asOf as number | undefined };
}

function keyed<T extends KubernetesObject>(resource: string, objects: readonly T[]): CheckedSeed<T>['objects'] {
  const places = new Map<string, number>();
  // `map` would leave out the holes of an array.
  return Array.from(objects, (object, index) => {
    if (own(own(object, 'metadata'), 'name') === undefined)
      throw new SeedError({ resource, index, message: `its object ${index} has no metadata.name` });
    const key = keyOf(resource, object, index);
    const before = places.get(key);
    if (before !== undefined)
      throw new SeedError({ resource, index, message: `its objects ${before} and ${index} have one name` });
    places.set(key, index);
    return { key, object };
  });
}

function keyOf(resource: string, object: KubernetesObject, index: number): string {
  try {
    return metaNamespaceKey(object);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'reading it threw';
    throw new SeedError({ resource, index, message: `its object ${index} has no key: ${why}`, cause });
  }
}

/** An own property; `undefined` where there is none. */
function own(value: unknown, name: string): unknown {
  const isObject = typeof value === 'object' && value !== null;
  return isObject && Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function typeWord(value: unknown): string {
  if (value === undefined) return 'missing';
  return value === null ? 'null' : `of type ${typeof value}`;
}
