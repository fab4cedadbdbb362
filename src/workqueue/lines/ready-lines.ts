import type { Entry } from './entry.ts';

/** The ready keys of one group and one priority, linked: a Map that is used as a line is quadratic in V8. */
export interface Group<K> {
  readonly line: Line<K>;
  readonly name: string;
  first: Entry<K> | undefined;
  last: Entry<K> | undefined;
  /** The groups of a line stand in a line of their own: the one whose turn is next comes first. */
  before: Group<K> | undefined;
  after: Group<K> | undefined;
}

interface Line<K> {
  readonly priority: number;
  readonly groups: Map<string, Group<K>>;
  size: number;
  first: Group<K> | undefined;
  last: Group<K> | undefined;
}

/** How ready keys are picked. */
export interface ReadyLinesOptions<K> {
  /** Of this many picks, one is the oldest key of a line that is not the highest. */
  readonly lowEvery: number;
  /** Keys of different groups take turns. Default: all are of one group. */
  readonly group?: ((key: K) => string) | undefined;
}

/**
 * The keys that may start, a line for each priority. The highest line goes first, but for one pick in `lowEvery`: that is the
 * oldest key of the other lines, so that no line starves. In a line, groups take turns; in a group, the key goes first that
 * became ready first. Each step takes constant time for a fixed number of priorities.
 */
export class ReadyLines<K> {
  /** The highest priority first, none of them empty. */
  private readonly lines: Line<K>[] = [];
  private readonly lowEvery: number;
  private readonly groupOf: ((key: K) => string) | undefined;
  private picks = 0;
  private order = 0;

  /** How many keys stand in lines. */
  size = 0;

  constructor({ lowEvery, group }: ReadyLinesOptions<K>) {
    this.lowEvery = lowEvery;
    this.groupOf = group;
  }

  /** Puts a key at the end of the line of its priority. */
  push(entry: Entry<K>): void {
    const group = this.groupFor(entry);
    entry.order = this.order++;
    entry.before = group.last;
    if (group.last === undefined) group.first = entry;
    else group.last.after = entry;
    group.last = entry;
  }

  /** Puts a key first again that was taken before. */
  pushFront(entry: Entry<K>): void {
    const group = this.groupFor(entry);
    entry.after = group.first;
    if (group.first === undefined) group.last = entry;
    else group.first.before = entry;
    group.first = entry;
    const { line } = group;
    if (line.first === group) return;
    this.unlinkGroup(group);
    group.after = line.first;
    if (line.first === undefined) line.last = group;
    else line.first.before = group;
    line.first = group;
  }

  /** Takes a key out of its line. */
  remove(entry: Entry<K>): void {
    const { group, before, after } = entry;
    if (group === undefined) return;
    if (before === undefined) group.first = after;
    else before.after = after;
    if (after === undefined) group.last = before;
    else after.before = before;
    entry.before = entry.after = entry.group = undefined;
    const { line } = group;
    line.size--;
    this.size--;
    if (group.first !== undefined) return;
    this.unlinkGroup(group);
    line.groups.delete(group.name);
    if (line.first === undefined) this.lines.splice(this.lines.indexOf(line), 1);
  }

  /** Removes and returns the key whose turn it is. */
  take(): Entry<K> | undefined {
    const [highest] = this.lines;
    if (highest === undefined) return undefined;
    this.picks++;
    const isLowTurn = this.picks >= this.lowEvery;
    if (isLowTurn) this.picks = 0;
    const entry = (isLowTurn ? this.oldestBelow() : undefined) ?? highest.first?.first;
    if (entry?.group === undefined) return undefined;
    const { group } = entry;
    const { line } = group;
    this.remove(entry);
    // The next group has its turn.
    if (group.first !== undefined && line.last !== group) {
      this.unlinkGroup(group);
      this.appendGroup(group);
    }
    return entry;
  }

  /** How many keys stand in lines below a priority. */
  countBelow(priority: number): number {
    return this.lines.reduce((count, line) => count + (line.priority < priority ? line.size : 0), 0);
  }

  /** The time since which the keys at the heads of the lines have waited longest. */
  oldestSince(): number | undefined {
    let oldest: number | undefined;
    for (const line of this.lines)
      for (let group = line.first; group; group = group.after)
        if (group.first && group.first.since < (oldest ?? Infinity)) oldest = group.first.since;
    return oldest;
  }

  private oldestBelow(): Entry<K> | undefined {
    let oldest: Entry<K> | undefined;
    for (let at = 1; at < this.lines.length; at++) {
      const first = this.lines[at]?.first?.first;
      if (first !== undefined && first.order < (oldest?.order ?? Infinity)) oldest = first;
    }
    return oldest;
  }

  private groupFor(entry: Entry<K>): Group<K> {
    const line = this.lineOf(entry.priority);
    const name = this.groupOf === undefined ? '' : this.groupOf(entry.key);
    let group = this.groupOf === undefined ? line.first : line.groups.get(name);
    if (group === undefined) {
      group = { line, name, first: undefined, last: undefined, before: undefined, after: undefined };
      line.groups.set(name, group);
      this.appendGroup(group);
    }
    entry.group = group;
    line.size++;
    this.size++;
    return group;
  }

  private lineOf(priority: number): Line<K> {
    const { lines } = this;
    let from = 0;
    let to = lines.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      const line = lines[middle] as Line<K>;
      if (line.priority === priority) return line;
      if (line.priority > priority) from = middle + 1;
      else to = middle;
    }
    const line: Line<K> = { priority, groups: new Map(), size: 0, first: undefined, last: undefined };
    lines.splice(from, 0, line);
    return line;
  }

  private appendGroup(group: Group<K>): void {
    const { line } = group;
    group.before = line.last;
    group.after = undefined;
    if (line.last === undefined) line.first = group;
    else line.last.after = group;
    line.last = group;
  }

  private unlinkGroup(group: Group<K>): void {
    const { line, before, after } = group;
    if (before === undefined) line.first = after;
    else before.after = after;
    if (after === undefined) line.last = before;
    else after.before = before;
    group.before = group.after = undefined;
  }
}
