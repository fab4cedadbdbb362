import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import type { Change } from '../contents/change.ts';
import type { Contents } from '../contents/contents.ts';
import type { ContentsReader, IndexReader } from '../contents/contents-reader.ts';
import { ignore, type OnIndexFailure } from '../contents/index-failure.ts';
import type { IndexFunction } from '../contents/indexers.ts';
import type { ObjectIndex } from '../contents/object-index.ts';

/** What lies over contents: by key an object, or `undefined` for none. */
export interface Layer<T> {
  has(key: string): boolean;
  get(key: string): T | undefined;
  entries(): readonly (readonly [string, T | undefined])[];
}

/**
 * Contents with other objects under some keys. They are laid over and not written: a persistent map whose table is shared
 * with the versions to come would have to be copied. To make it, and to read a key, costs next to nothing; the first time
 * that an index is read costs the layer, an index value its objects, and only a list all objects.
 */
export class OverlaidContents<T extends KubernetesObject> implements ContentsReader<T> {
  private readonly base: Contents<T>;
  private readonly layer: Layer<T>;
  private readonly indexes = new Map<string, OverlaidIndex<T>>();
  private made: readonly Change<T>[] | undefined;
  private listed: readonly T[] | undefined;

  constructor(base: Contents<T>, layer: Layer<T>) {
    this.base = base;
    this.layer = layer;
  }

  get size(): number {
    return this.changes.reduce(
      (size, { before, after }) => size + Number(after !== undefined) - Number(before !== undefined),
      this.base.size,
    );
  }

  get indexNames(): readonly string[] {
    return this.base.indexNames;
  }

  get(key: string): T | undefined {
    return this.layer.has(key) ? this.layer.get(key) : this.base.get(key);
  }

  list(): readonly T[] {
    return (this.listed ??= replaced(this.base.list(), befores(this.changes), afters(this.changes)));
  }

  keys(): string[] {
    const added = this.changes.filter(({ after }) => after !== undefined).map(({ key }) => key);
    return this.base
      .keys()
      .filter((key) => !this.layer.has(key))
      .concat(added);
  }

  index(name: string): IndexReader<T> {
    const base = this.base.index(name);
    let index = this.indexes.get(name);
    if (index === undefined) this.indexes.set(name, (index = new OverlaidIndex(base, this.changes)));
    return index;
  }

  private get changes(): readonly Change<T>[] {
    return (this.made ??= this.layer.entries().map(([key, after]) => ({ key, before: this.base.get(key), after })));
  }
}

class OverlaidIndex<T extends KubernetesObject> implements IndexReader<T> {
  readonly indexFunction: IndexFunction<T>;
  private readonly base: ObjectIndex<T>;
  private readonly changes: readonly Change<T>[];
  /** Of each value that a change concerns, the objects that it adds. */
  private readonly added = new Map<string, T[]>();
  private readonly leftOut: string[] = [];
  private readonly listed = new Map<string, readonly T[]>();

  constructor(base: ObjectIndex<T>, changes: readonly Change<T>[]) {
    this.base = base;
    this.changes = changes;
    this.indexFunction = base.indexFunction;
    for (const { key, before, after } of changes) {
      if (before !== undefined && !base.isLeftOut(key)) {
        for (const value of base.valuesOf(key, before, ignore) ?? base.values()) this.addedTo(value);
      }
      if (after === undefined) continue;
      const values = base.valuesOf(key, after, ignore);
      if (values === undefined) this.leftOut.push(key);
      for (const value of values ?? []) this.addedTo(value).push(after);
    }
  }

  values(): string[] {
    const concerned = [...this.added.keys()].filter((value) => this.get(value).length > 0);
    return this.base
      .values()
      .filter((value) => !this.added.has(value))
      .concat(concerned);
  }

  get(value: string): readonly T[] {
    const added = this.added.get(value);
    if (added === undefined) return this.base.get(value);
    let objects = this.listed.get(value);
    if (objects === undefined) {
      this.listed.set(value, (objects = replaced(this.base.get(value), befores(this.changes), added)));
    }
    return objects;
  }

  sizes(): Map<string, number> {
    const sizes = this.base.sizes();
    for (const value of this.added.keys()) {
      const { length } = this.get(value);
      if (length > 0) sizes.set(value, length);
      else sizes.delete(value);
    }
    return sizes;
  }

  valuesOf(key: string, object: T, onFailure: OnIndexFailure): readonly string[] | undefined {
    return this.base.valuesOf(key, object, onFailure);
  }

  leftOutKeys(): string[] {
    const changed = new Set(this.changes.map(({ key }) => key));
    return this.base
      .leftOutKeys()
      .filter((key) => !changed.has(key))
      .concat(this.leftOut);
  }

  private addedTo(value: string): T[] {
    let objects = this.added.get(value);
    if (objects === undefined) this.added.set(value, (objects = []));
    return objects;
  }
}

function befores<T>(changes: readonly Change<T>[]): ReadonlySet<T | undefined> {
  return new Set(changes.map(({ before }) => before));
}

function afters<T>(changes: readonly Change<T>[]): T[] {
  return changes.map(({ after }) => after).filter((after) => after !== undefined);
}

function replaced<T>(objects: readonly T[], without: ReadonlySet<T | undefined>, added: readonly T[]): readonly T[] {
  return Object.freeze(objects.filter((object) => !without.has(object)).concat(added));
}
