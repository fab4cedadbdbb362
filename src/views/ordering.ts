import type { SchedulerLike } from 'rxjs';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../protocol/objects/object-key.ts';
import type { Steps } from '../streams/map-while-waiting.ts';
import { naturalKey } from './natural-key.ts';
import { sortedByTexts, type TextOf } from './sort-by-texts.ts';
import { sortedInSteps } from './sort-in-steps.ts';
import type { Compare } from './sorted-list.ts';
import { ViewError } from './view-error.ts';

/** One key by which rows are ordered. */
export interface OrderBy<T> {
  /**
   * Returns the key of an object. It must depend on the object alone: the clock, the locale or a variable would leave the rows
   * in an order that is wrong. Texts are compared by UTF-16 code units, numbers are before texts, and rows whose key is
   * `undefined`, `null` or `NaN` are last, whatever the direction.
   */
  readonly key: (object: T) => string | number | null | undefined;
  /** From the greatest to the smallest. Default false. */
  readonly desc?: boolean | undefined;
  /** Compares runs of digits in texts as numbers: `web-9` is before `web-10`. Default false. */
  readonly natural?: boolean | undefined;
}

/** How many rows are handled in one step. */
const perStep = 2048;

/** What is compared: `undefined` for none. */
type KeyValue = string | number | undefined;

/** A row in an order: an object, and its keys when it came. */
export interface Entry<T> {
  readonly object: T;
  /** The index of the part of the source that it is from. */
  readonly part: number;
  readonly first: KeyValue;
  /** The keys after the first; `undefined` where there is one at most. */
  readonly rest: readonly KeyValue[] | undefined;
  /** Those of the object: each comparison would read its metadata otherwise, which costs more than to compare. */
  readonly namespace: string;
  readonly name: string;
}

/** What decides where keys are equal, before the uid. */
const identityTexts: readonly TextOf<Entry<unknown>>[] = [
  { of: ({ namespace }) => namespace, desc: false },
  { of: ({ name }) => name, desc: false },
];

/** Gets what is wrong with a key. */
export type OnViewError = (error: ViewError) => void;

/** An order of objects: by keys, then by namespace, name, uid and part, so that no two rows are equal. */
export class Ordering<T extends KubernetesObject> {
  readonly orderBy: readonly OrderBy<T>[];
  readonly compare: Compare<Entry<T>>;
  private readonly valueOf: readonly ((object: T, onError: OnViewError) => KeyValue)[];

  constructor(orderBy: readonly OrderBy<T>[]) {
    this.orderBy = orderBy;
    this.valueOf = orderBy.map(keyReader);
    const directions = orderBy.map(({ desc }) => desc === true);
    const [firstDesc = false, ...restDesc] = directions;
    this.compare = (a, b) => {
      if (a.first !== b.first) return compareKeys(a.first, b.first, firstDesc);
      if (a.rest !== undefined && b.rest !== undefined) {
        for (let index = 0; index < restDesc.length; index++) {
          const left = a.rest[index];
          const right = b.rest[index];
          if (left !== right) return compareKeys(left, right, restDesc[index] === true);
        }
      }
      return compareIdentity(a, b);
    };
  }

  /** The row of an object. */
  entry(object: T, part: number, onError: OnViewError): Entry<T> {
    const { valueOf } = this;
    const { namespace, name } = object.metadata;
    const first = valueOf[0]?.(object, onError);
    let rest: KeyValue[] | undefined;
    if (valueOf.length > 1) {
      rest = [];
      for (let index = 1; index < valueOf.length; index++) rest.push(valueOf[index]?.(object, onError));
    }
    return { object, part, first, rest, namespace: namespace ?? '', name };
  }

  /** Sorts rows, in a new array: by their texts where they have nothing else, as names and namespaces. */
  *sorted(rows: readonly Entry<T>[]): Steps<readonly Entry<T>[]> {
    const { orderBy, compare } = this;
    if (orderBy.length === 0) return yield* sortedByTexts(rows, identityTexts, compare);
    let isText = true;
    for (let index = 0; index < rows.length && isText; index++) isText = typeof rows[index]?.first === 'string';
    if (!isText) return yield* this.sortedByKeys(rows);
    const first = { of: ({ first }: Entry<T>) => first as string, desc: orderBy[0]?.desc === true };
    return yield* sortedByTexts(rows, orderBy.length > 1 ? [first] : [first, ...identityTexts], compare);
  }

  /** An index is sorted by the first keys alone, which lie together in memory; ties look at the rows. */
  private *sortedByKeys(rows: readonly Entry<T>[]): Steps<readonly Entry<T>[]> {
    const { compare } = this;
    const desc = this.orderBy[0]?.desc === true;
    const firsts: KeyValue[] = [];
    const indices: number[] = [];
    for (let start = 0; start < rows.length; start += perStep) {
      const end = Math.min(start + perStep, rows.length);
      for (let index = start; index < end; index++) {
        firsts.push((rows[index] as Entry<T>).first);
        indices.push(index);
      }
      yield;
    }
    const order = yield* sortedInSteps(indices, (a, b) => {
      const left = firsts[a];
      const right = firsts[b];
      if (left !== right) return compareKeys(left, right, desc);
      return compare(rows[a] as Entry<T>, rows[b] as Entry<T>);
    });
    const sorted: Entry<T>[] = [];
    for (let start = 0; start < order.length; start += perStep) {
      const end = Math.min(start + perStep, order.length);
      for (let at = start; at < end; at++) sorted.push(rows[order[at] as number] as Entry<T>);
      yield;
    }
    return sorted;
  }

  /** The index of the first key that differs between two rows, -1 if all are equal. */
  differingKey(a: Entry<T>, b: Entry<T>): number {
    if (a.first !== b.first) return 0;
    const index = a.rest?.findIndex((key, at) => key !== b.rest?.[at]) ?? -1;
    return index < 0 ? -1 : index + 1;
  }

  /** True for an order by the same functions in the same directions. */
  isSame(orderBy: readonly OrderBy<T>[]): boolean {
    return (
      orderBy.length === this.orderBy.length &&
      orderBy.every(({ key, desc = false, natural = false }, index) => {
        const other = this.orderBy[index];
        return key === other?.key && desc === (other.desc ?? false) && natural === (other.natural ?? false);
      })
    );
  }
}

/** What views share that have the same order of one source. */
export interface OrderOptions<T> {
  readonly orderBy: readonly OrderBy<T>[];
  readonly scheduler: SchedulerLike;
}

/** Returns the keys, or throws a TypeError that says what a key is. */
export function checkedOrderBy<T>(orderBy: readonly OrderBy<T>[] | undefined): readonly OrderBy<T>[] {
  const given: unknown = orderBy;
  if (given === undefined) return [];
  const takes = 'it takes keys such as [{ key: (pod) => pod.status?.phase, desc: true }]. Nothing was started.';
  if (!Array.isArray(given)) throw new TypeError(`orderBy is of type ${typeof given}; ${takes}`);
  for (const [index, each] of given.entries()) {
    const { key } = Object(each) as Partial<OrderBy<T>>;
    if (typeof key !== 'function') throw new TypeError(`orderBy[${index}].key is of type ${typeof key}; ${takes}`);
    if (key.length > 1)
      throw new TypeError(`orderBy[${index}].key takes ${key.length} objects, as a comparator does; ${takes}`);
  }
  return [...(given as readonly OrderBy<T>[])];
}

function keyReader<T extends KubernetesObject>(
  { key, natural = false }: OrderBy<T>,
  index: number,
): (object: T, onError: OnViewError) => KeyValue {
  const fail = (object: T, onError: OnViewError, did: string, cause?: unknown): void => {
    onError(
      new ViewError({
        reason: 'KeyFunction',
        message: `orderBy[${index}].key ${did} for ${metaNamespaceKey(object)}; the row is among those without a key`,
        key: metaNamespaceKey(object),
        cause,
      }),
    );
  };
  return (object, onError) => {
    let value: unknown;
    try {
      value = key(object);
    } catch (cause) {
      fail(object, onError, 'threw', cause);
      return undefined;
    }
    if (typeof value === 'string') return natural ? naturalKey(value) : value;
    if (typeof value === 'number') return Number.isNaN(value) ? undefined : value;
    if (value === undefined || value === null) return undefined;
    fail(object, onError, `returned a value of type ${typeof value}, and not a text or a number,`);
    return undefined;
  };
}

function compareKeys(a: KeyValue, b: KeyValue, desc: boolean): number {
  if (typeof a === typeof b) return (a as string) < (b as string) === desc ? 1 : -1;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return (typeof a === 'number') === desc ? 1 : -1;
}

function compareIdentity<T extends KubernetesObject>(a: Entry<T>, b: Entry<T>): number {
  if (a.namespace !== b.namespace) return a.namespace < b.namespace ? -1 : 1;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  const left = uidOf(a);
  const right = uidOf(b);
  return left === right ? a.part - b.part : left < right ? -1 : 1;
}

function uidOf<T extends KubernetesObject>({ object }: Entry<T>): string {
  return object.metadata.uid ?? '';
}
