interface Time {
  at: number;
  priority: number;
  order: number;
  reasons: number;
}

/** What is known of a key, by the reference. */
interface Known {
  state: 'none' | 'ready' | 'held' | 'running';
  pending: boolean;
  priority: number;
  reasons: number;
  wake?: Time;
  timer?: Time;
  failures: number;
  gaveUp: boolean;
  woken: number;
}

/** A work queue in the fewest lines: lists that are searched. What a faster one does has to equal what this does. */
export class ReferenceQueue {
  readonly keys = new Map<string, Known>();
  private lines: { priority: number; groups: { name: string; keys: string[] }[] }[] = [];
  private picks = 0;
  private order = 0;
  private arrivals = new Map<string, number>();
  private readonly lowEvery: number;
  private readonly group: (key: string) => string;

  constructor(lowEvery: number, group: (key: string) => string) {
    this.lowEvery = lowEvery;
    this.group = group;
  }

  wake(key: string, priority: number, after: number, now: number): void {
    if (after === Infinity) return;
    const known = this.known(key);
    if (after === 0) {
      this.due(key, known, priority, 1);
      return;
    }
    const at = Math.min(known.wake?.at ?? Infinity, now + after);
    const order = known.wake?.at === at ? known.wake.order : this.order++;
    known.wake = {
      at,
      priority: Math.max(priority, known.wake?.priority ?? -Infinity),
      order,
      reasons: (known.wake?.reasons ?? 0) + 1,
    };
  }

  promote(now: number): void {
    const times = [...this.keys].flatMap(([key, known]) =>
      [known.timer, known.wake].flatMap((time) => (time && time.at <= now ? [{ key, known, time }] : [])),
    );
    times.sort((a, b) => a.time.at - b.time.at || a.time.order - b.time.order);
    for (const { key, known, time } of times) {
      const isTimer = time === known.timer;
      if (isTimer) delete known.timer;
      else delete known.wake;
      if (!isTimer || known.state !== 'running') this.due(key, known, time.priority, time.reasons);
    }
  }

  take(): string | undefined {
    this.lines.sort((a, b) => b.priority - a.priority);
    const [highest, ...low] = this.lines;
    if (!highest) return undefined;
    const isLow = ++this.picks >= this.lowEvery;
    if (isLow) this.picks = 0;
    const arrival = (line: typeof highest): number => this.arrivals.get(line.groups[0]!.keys[0]!)!;
    const oldest = low.sort((a, b) => arrival(a) - arrival(b))[0];
    const line = (isLow && oldest) || highest;
    const group = line.groups.shift()!;
    const key = group.keys.shift()!;
    if (group.keys.length > 0) line.groups.push(group);
    this.lines = this.lines.filter(({ groups }) => groups.length > 0);
    this.keys.get(key)!.state = 'held';
    return key;
  }

  release(key: string): void {
    const known = this.keys.get(key)!;
    known.state = 'ready';
    const line = this.line(known.priority);
    const group = line.groups.find(({ name }) => name === this.group(key)) ?? { name: this.group(key), keys: [] };
    line.groups = [group, ...line.groups.filter((each) => each !== group)];
    group.keys.unshift(key);
  }

  begin(key: string): { attempt: number; reasons: number } {
    const known = this.keys.get(key)!;
    const { reasons, failures } = known;
    known.woken = Math.max(known.woken, known.priority);
    Object.assign(known, { state: 'running', reasons: 0, priority: -Infinity });
    return { attempt: failures + 1, reasons };
  }

  /** `delayAfter` as a failure, a number as a success that asks for it. */
  end(key: string, ending: number | ((failures: number) => number), firstDelay: number, now: number): void {
    const known = this.keys.get(key)!;
    if (typeof ending === 'number') {
      Object.assign(known, { failures: 0, gaveUp: false, woken: known.pending ? known.priority : -Infinity });
      this.time(known, now + ending, 0);
    } else if (known.failures === 0 || !known.timer || known.timer.at - now <= firstDelay) {
      const delay = ending(known.failures + 1);
      known.gaveUp = delay === Infinity;
      known.failures = known.gaveUp ? 0 : known.failures + 1;
      this.time(known, now + delay, known.woken);
    }
    known.state = 'none';
    if (known.pending) this.due(key, Object.assign(known, { pending: false }), known.priority, 0);
    else if (!known.wake && !known.timer && !known.gaveUp) this.keys.delete(key);
  }

  private time(known: Known, at: number, priority: number): void {
    if (at === Infinity) delete known.timer;
    else known.timer = { at, priority, order: known.timer?.at === at ? known.timer.order : this.order++, reasons: 1 };
  }

  private due(key: string, known: Known, priority: number, reasons: number): void {
    known.reasons += reasons;
    if (known.state === 'none' || (known.state === 'ready' && priority > known.priority)) {
      this.remove(key);
      Object.assign(known, { state: 'ready', priority });
      this.arrivals.set(key, this.order++);
      const line = this.line(priority);
      const group = line.groups.find(({ name }) => name === this.group(key));
      if (group) group.keys.push(key);
      else line.groups.push({ name: this.group(key), keys: [key] });
      return;
    }
    if (known.state === 'running') known.pending = true;
    known.priority = Math.max(known.priority, priority);
  }

  private remove(key: string): void {
    for (const line of this.lines) {
      for (const group of line.groups) group.keys = group.keys.filter((each) => each !== key);
      line.groups = line.groups.filter(({ keys }) => keys.length > 0);
    }
    this.lines = this.lines.filter(({ groups }) => groups.length > 0);
  }

  private line(priority: number): (typeof this.lines)[number] {
    let line = this.lines.find((each) => each.priority === priority);
    if (!line) this.lines.push((line = { priority, groups: [] }));
    return line;
  }

  private known(key: string): Known {
    let known = this.keys.get(key);
    const none = {
      state: 'none',
      pending: false,
      priority: -Infinity,
      reasons: 0,
      failures: 0,
      gaveUp: false,
      woken: -Infinity,
    } as const;
    if (!known) this.keys.set(key, (known = { ...none }));
    return known;
  }
}
