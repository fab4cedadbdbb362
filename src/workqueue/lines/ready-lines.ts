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
  priority: number;
  /** The groups by name; absent where all keys are of one. */
  readonly groups: Map<string, Group<K>> | undefined;
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
  /** The line that was emptied last. Most queues are empty often, and make a line again. */
  private spare: Line<K> | undefined;
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
    const { last } = group;
    entry.order = this.order++;
    entry.group = group;
    entry.before = last;
    if (last === undefined) group.first = entry;
    else last.after = entry;
    group.last = entry;
    group.line.size++;
    this.size++;
  }

  /** Puts a key first again that was taken before. */
  pushFront(entry: Entry<K>): void {
    const group = this.groupFor(entry);
    entry.group = group;
    entry.after = group.first;
    if (group.first === undefined) group.last = entry;
    else group.first.before = entry;
    group.first = entry;
    const { line } = group;
    line.size++;
    this.size++;
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
    group.line.size--;
    this.size--;
    if (group.first === undefined) this.removeGroup(group);
  }

  private removeGroup(group: Group<K>): void {
    const { line } = group;
    if (line.groups !== undefined) {
      this.unlinkGroup(group);
      line.groups.delete(group.name);
      if (line.first !== undefined) return;
    }
    if (this.lines.length === 1) this.lines.pop();
    else this.lines.splice(this.lines.indexOf(line), 1);
    this.spare = line;
  }

  /** Removes and returns the key whose turn it is. */
  take(): Entry<K> | undefined {
    const highest = this.lines[0];
    if (highest === undefined) return undefined;
    const group = this.isLowTurn() ? this.oldestBelow() : highest.first;
    const entry = group?.first;
    if (group === undefined || entry === undefined) return undefined;
    const { after } = entry;
    if (after === undefined) {
      this.remove(entry);
      return entry;
    }
    const { line } = group;
    group.first = after;
    after.before = entry.after = entry.group = undefined;
    line.size--;
    this.size--;
    // The next group has its turn.
    if (line.last !== group) {
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

  private isLowTurn(): boolean {
    if (++this.picks < this.lowEvery) return false;
    this.picks = 0;
    return this.lines.length > 1;
  }

  /** The group of the oldest key of the lines that are not the highest. */
  private oldestBelow(): Group<K> | undefined {
    let oldest: Group<K> | undefined;
    for (let at = 1; at < this.lines.length; at++) {
      const group = this.lines[at]?.first;
      const order = group?.first?.order ?? Infinity;
      if (order < (oldest?.first?.order ?? Infinity)) oldest = group;
    }
    return oldest;
  }

  private groupFor(entry: Entry<K>): Group<K> {
    if (this.groupOf === undefined) {
      // Most queues have one line.
      const highest = this.lines[0];
      if (highest?.first !== undefined && highest.priority === entry.priority) return highest.first;
      const line = this.lineOf(entry.priority);
      return line.first ?? this.newGroup(line, '');
    }
    const line = this.lineOf(entry.priority);
    const name = this.groupOf(entry.key);
    return line.groups?.get(name) ?? this.newGroup(line, name);
  }

  private newGroup(line: Line<K>, name: string): Group<K> {
    const group = { line, name, first: undefined, last: undefined, before: undefined, after: undefined };
    line.groups?.set(name, group);
    this.appendGroup(group);
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
    const line = this.newLine(priority);
    if (lines.length === 0) lines.push(line);
    else lines.splice(from, 0, line);
    return line;
  }

  private newLine(priority: number): Line<K> {
    const { spare } = this;
    if (spare === undefined) {
      const groups = this.groupOf && new Map<string, Group<K>>();
      return { priority, groups, size: 0, first: undefined, last: undefined };
    }
    this.spare = undefined;
    spare.priority = priority;
    return spare;
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
