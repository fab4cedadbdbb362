/** What a slot holds that has no value. A value may be `undefined`, so that cannot say it. */
export const absent: unique symbol = Symbol('absent');

/** The content of one slot. */
export type Slot<V> = V | typeof absent;

/** Called for one slot. */
export type SlotVisitor<V> = (value: V, slot: number) => void;

/** Called for one slot in which two vectors differ. */
export type SlotDifferenceVisitor<V> = (slot: number, before: Slot<V>, after: Slot<V>) => void;

// 32 wide: a write copies one path of 32-element arrays, 2 at a thousand slots and 4 at a million.
const bits = 5;
const width = 1 << bits;
const mask = width - 1;

// A node has slots at the lowest level, else nodes, `undefined` past the end. All are of full width from the start, so
// that every access is in bounds and every copy the same size; but the root is as wide as it needs to be, which saves a
// quarter of the copying at 10k and 100k slots.
type Node = readonly unknown[];
const blankLeaf: Node = Array.from({ length: width }, () => absent);
const blankBranch: Node = Array.from({ length: width }, () => undefined);

/**
 * An immutable array of slots, all `absent` at first. A write copies one path of the tree and shares the rest, so every
 * vector stays valid and equally fast. It grows by itself, has no length of its own, and is dense by its user's care.
 */
export class SlotVector<V> {
  private readonly root: Node;
  /** The bits below the root's own: 0 where the root is a leaf. */
  private readonly shift: number;

  private constructor(root: Node, shift: number) {
    this.root = root;
    this.shift = shift;
  }

  /** A vector without a value. */
  static blank<V>(): SlotVector<V> {
    return new SlotVector([], 0);
  }

  /** A vector of these values, in slots 0 and up. */
  static from<V>(values: readonly Slot<V>[]): SlotVector<V> {
    let shift = 0;
    let root: Node = values;
    for (let blank = blankLeaf; root.length > width; blank = blankBranch) {
      root = chunks(root, blank);
      shift += bits;
    }
    return new SlotVector(root, shift);
  }

  /** The content of a slot that has been written, or that is below one. */
  at(slot: number): Slot<V> {
    let node = this.root;
    for (let shift = this.shift; shift > 0; shift -= bits) node = node[(slot >>> shift) & mask] as Node;
    return node[slot & mask] as Slot<V>;
  }

  /** This vector with another content in one slot, at most one past the last that was written. */
  with(slot: number, value: Slot<V>): SlotVector<V> {
    let { root, shift } = this;
    if (slot >>> shift >= width) {
      root = [root];
      shift += bits;
    }
    const copy = root.slice();
    let node = copy;
    for (let below = shift; below > 0; below -= bits) {
      const index = (slot >>> below) & mask;
      const child = (node[index] ?? (below === bits ? blankLeaf : blankBranch)) as Node;
      node = node[index] = child.slice();
    }
    node[slot & mask] = value;
    return new SlotVector(copy, shift);
  }

  /** The values in a new array, in the order of slots. */
  values(): V[] {
    const parts: Node[] = [];
    collectValues(this.root, this.shift, parts);
    return joined(parts) as V[];
  }

  /** Calls `visit` for each slot with a value, in the order of slots. */
  forEach(visit: SlotVisitor<V>): void {
    visitValues(this.root, this.shift, 0, visit);
  }

  /** Calls `visit` for each slot in which `older` differs, in the order of slots. What both share is not looked at. */
  forEachDifference(older: SlotVector<V>, visit: SlotDifferenceVisitor<V>): void {
    const shift = Math.max(this.shift, older.shift);
    visitDifferences(older.rootAt(shift), this.rootAt(shift), shift, 0, visit);
  }

  private rootAt(shift: number): Node {
    let root = this.root;
    for (let at = this.shift; at < shift; at += bits) root = [root];
    return root;
  }
}

function chunks(items: readonly unknown[], blank: Node): Node[] {
  const nodes: Node[] = [];
  for (let start = 0; start < items.length; start += width) {
    const chunk = items.slice(start, start + width);
    nodes.push(chunk.length === width ? chunk : chunk.concat(blank.slice(chunk.length)));
  }
  return nodes;
}

function collectValues(node: Node, shift: number, parts: Node[]): void {
  if (shift === 0) {
    parts.push(node.includes(absent) ? node.filter((value) => value !== absent) : node);
    return;
  }
  for (const child of node as readonly (Node | undefined)[]) {
    if (child !== undefined) collectValues(child, shift - bits, parts);
  }
}

// `concat` copies whole leaves, up to eight times as fast as one value after the other while the garbage collector
// marks. Its arguments go on the stack, so there must not be too many at once.
function joined(parts: readonly Node[]): unknown[] {
  const atOnce = 4096;
  if (parts.length <= atOnce) return ([] as unknown[]).concat(...parts);
  const chunks: unknown[][] = [];
  for (let start = 0; start < parts.length; start += atOnce) chunks.push(joined(parts.slice(start, start + atOnce)));
  return joined(chunks);
}

function visitValues<V>(node: Node, shift: number, slot: number, visit: SlotVisitor<V>): void {
  if (shift === 0) {
    for (let index = 0; index < node.length; index++) {
      const value = node[index] as Slot<V>;
      if (value !== absent) visit(value, slot + index);
    }
    return;
  }
  for (let index = 0; index < node.length; index++) {
    const child = node[index] as Node | undefined;
    if (child === undefined) return;
    visitValues(child, shift - bits, slot + (index << shift), visit);
  }
}

function visitDifferences<V>(
  before: Node,
  after: Node,
  shift: number,
  slot: number,
  visit: SlotDifferenceVisitor<V>,
): void {
  const length = Math.max(before.length, after.length);
  for (let index = 0; index < length; index++) {
    if (before[index] === after[index]) continue;
    const at = slot + (index << shift);
    if (shift > 0) {
      visitDifferences(nodeAt(before, index), nodeAt(after, index), shift - bits, at, visit);
      continue;
    }
    const valueBefore: Slot<V> = slotAt(before, index);
    const valueAfter: Slot<V> = slotAt(after, index);
    if (valueBefore !== valueAfter) visit(at, valueBefore, valueAfter);
  }
}

function slotAt<V>(node: Node, index: number): Slot<V> {
  return index < node.length ? (node[index] as Slot<V>) : absent;
}

function nodeAt(node: Node, index: number): Node {
  return (node[index] ?? []) as Node;
}
