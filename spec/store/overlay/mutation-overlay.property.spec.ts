import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MutationOverlay } from '#src/store/overlay/mutation-overlay.ts';
import type { SnapshotReader } from '#src/store/snapshot-reader.ts';
import { Store } from '#src/store/store.ts';
import { byNode, names, type Pod, pod } from '../pods.ts';

type Read = SnapshotReader<Pod, 'node' | 'letters'>;

const indexers = { node: byNode, letters: ({ metadata }: Pod) => Array.from(metadata.name) };
const pods = ['a', 'ab', 'b', 'constructor', '__proto__'];
const nodes = ['n1', 'n2', 'big', 'big', ''];

/** One step: what is done, to which pod, and a number that it may use. */
const step = fc.record({
  does: fc.constantFrom(
    ...(['write', 'write', 'delete', 'own write', 'own write', 'own delete', 'own delete', 'finish'] as const),
    ...(['terminate', 'elsewhere', 'watch', 'watch', 'watch', 'bookmark', 'relist', 'tell', 'tell'] as const),
  ),
  // Most of it happens to one, so that much happens to it.
  name: fc.constantFrom('a', 'a', 'a', 'a', ...pods),
  pick: fc.nat({ max: 1000 }),
});

/** A server with a history: what each key held after each revision, and what a watch would say. */
class Server {
  revision = 10;
  private uids = 0;
  private readonly past = new Map<string, { readonly revision: number; readonly object: Pod | undefined }[]>();
  readonly events: {
    readonly revision: number;
    readonly type: 'Added' | 'Updated' | 'Deleted';
    readonly object: Pod;
  }[] = [];

  /** What a key held at a revision. */
  at(name: string, revision = this.revision): Pod | undefined {
    return this.past.get(name)?.findLast((entry) => entry.revision <= revision)?.object;
  }

  write(name: string, node: string, terminating = false): Pod {
    const held = this.at(name);
    const uid = held?.metadata.uid ?? `u${++this.uids}`;
    const { deletionTimestamp } = held?.metadata ?? {};
    const metadata =
      terminating || deletionTimestamp ? { deletionTimestamp: deletionTimestamp ?? '2026-01-01T00:00:00Z' } : {};
    const object = pod(name, { version: ++this.revision, uid, node, metadata });
    this.remember(name, object);
    this.events.push({ revision: this.revision, type: held ? 'Updated' : 'Added', object });
    return object;
  }

  delete(name: string): Pod {
    const held = this.at(name)!;
    const last = pod(name, { version: ++this.revision, uid: held.metadata.uid!, node: held.spec?.nodeName ?? '' });
    this.remember(name, undefined);
    this.events.push({ revision: this.revision, type: 'Deleted', object: last });
    return held;
  }

  list(revision: number): Pod[] {
    return pods.map((name) => this.at(name, revision)).filter((object) => object !== undefined);
  }

  private remember(name: string, object: Pod | undefined): void {
    const entries = this.past.get(name) ?? [];
    entries.push({ revision: this.revision, object });
    this.past.set(name, entries);
  }
}

/** A store that a watch fills, an overlay, and what both should show. */
class Scene {
  readonly server = new Server();
  readonly store = new Store<Pod, 'node' | 'letters'>({ indexers });
  readonly overlay = new MutationOverlay(this.store, { ttl: Infinity });
  /** Own writes that the server has answered, and that the overlay has not been told. */
  private readonly untold: { readonly revision: number; readonly name: string; readonly tell: () => void }[] = [];
  /** Of each key the latest own write that the overlay has been told: the revision. */
  private readonly told = new Map<string, number>();
  private delivered = 0;
  /** The revision up to which the store is complete. */
  private complete = 10;
  outstanding = 0;
  late = 0;

  constructor() {
    this.store.replace([], '10');
  }

  take({ does, name, pick }: { readonly does: string; readonly name: string; readonly pick: number }): void {
    const { server } = this;
    const held = server.at(name);
    const node = nodes[pick % nodes.length]!;
    if (does === 'write') server.write(name, node);
    if (does === 'delete' && held) server.delete(name);
    if (does === 'terminate' && held) server.write(name, node, true);
    if (does === 'finish' && held?.metadata.deletionTimestamp) server.delete(name);
    if (does === 'elsewhere') server.revision += 1 + (pick % 3);
    if (does === 'own write') this.answered(name, server.write(name, node));
    // With a deletionTimestamp it is still there, so that the answer is the object.
    if (does === 'own delete' && held && !held.metadata.deletionTimestamp) {
      const stale = this.overlay.snapshot$.value.getByKey(`default/${name}`);
      const given = stale?.metadata.uid === held.metadata.uid && pick % 2 === 0 ? stale : server.at(name)!;
      server.delete(name);
      this.answered(name, structuredClone(given!), true);
    }
    if (does === 'watch') for (let count = 1 + (pick % 3); count > 0; count--) this.deliver();
    if (does === 'bookmark') this.bookmark();
    if (does === 'relist') this.relist(this.complete + (pick % (server.revision - this.complete + 1)));
    if (does === 'tell') this.untold.splice(pick % (this.untold.length || 1), 1).forEach(({ tell }) => tell());
  }

  /** What the overlay should show: the latest of what the store holds and of what the overlay was told. */
  expected(name: string): Pod | undefined {
    return this.server.at(name, Math.max(this.complete, this.told.get(name) ?? 0));
  }

  finish(): void {
    for (const { tell } of this.untold.splice(0)) tell();
    while (this.delivered < this.server.events.length) this.deliver();
    this.bookmark();
  }

  private answered(name: string, object: Pod, isGone = false): void {
    const { revision } = this.server;
    const tell = (): void => {
      if (isGone) this.overlay.deleted(object);
      else this.overlay.written(structuredClone(object));
      this.told.set(name, Math.max(this.told.get(name) ?? 0, revision));
      if (revision > this.complete) this.outstanding++;
      else this.late++;
    };
    this.untold.push({ revision, name, tell });
  }

  private deliver(): void {
    const event = this.server.events[this.delivered];
    if (event === undefined) return;
    this.delivered++;
    this.complete = event.revision;
    const { type, object } = event;
    this.store.next({ type, object: structuredClone(object), resourceVersion: String(event.revision) });
  }

  private bookmark(): void {
    const next = this.server.events[this.delivered]?.revision ?? this.server.revision + 1;
    this.complete = next - 1;
    this.store.next({ type: 'Bookmark', resourceVersion: String(this.complete) });
  }

  private relist(revision: number): void {
    this.complete = revision;
    while ((this.server.events[this.delivered]?.revision ?? Infinity) <= revision) this.delivered++;
    this.store.replace(structuredClone(this.server.list(revision)), String(revision));
  }
}

/** The whole of a state in plain values, and a check that its parts agree with each other. */
function contentsOf(snapshot: Read): unknown {
  const listed = new Map(snapshot.list().map((object) => [object.metadata.name, object]));
  expect(listed.size).toBe(snapshot.list().length);
  expect(snapshot.size).toBe(listed.size);
  expect(snapshot.keys().sort()).toEqual([...listed.keys()].map((name) => `default/${name}`).sort());
  for (const name of pods) expect(snapshot.getByKey(`default/${name}`)).toBe(listed.get(name));
  for (const [index, valuesOf] of Object.entries(indexers) as ['node' | 'letters', typeof byNode][]) {
    const byValue = Map.groupBy(
      [...listed.values()].flatMap((object) => [...new Set(valuesOf(object))].map((value) => ({ value, object }))),
      ({ value }) => value,
    );
    expect(snapshot.listIndexFuncValues(index).sort()).toEqual([...byValue.keys()].sort());
    expect(snapshot.sizes(index)).toEqual(new Map(Array.from(byValue, ([value, { length }]) => [value, length])));
    for (const [value, members] of byValue) {
      const found = snapshot.byIndex(index, value);
      expect(names(found)).toEqual(names(members.map(({ object }) => object)));
      expect(found.every((object) => listed.get(object.metadata.name) === object)).toBe(true);
    }
    expect(snapshot.byIndex(index, 'no such value')).toEqual([]);
  }
  return structuredClone([...listed.values()].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1)));
}

describe('MutationOverlay over random histories', () => {
  it('shows the latest of the store and of what it was told, and every older state reads as it did', () => {
    let [outstanding, late] = [0, 0];
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }), (steps) => {
        const scene = new Scene();
        const kept: { readonly snapshot: Read; readonly contents: unknown }[] = [];
        for (const each of steps) {
          scene.take(each);
          const snapshot: Read = scene.overlay.snapshot$.value;
          for (const name of pods) {
            const expected = scene.expected(name);
            expect(snapshot.getByKey(`default/${name}`)?.metadata).toEqual(expected?.metadata);
          }
          kept.push({ snapshot, contents: contentsOf(snapshot) });
        }
        scene.finish();
        expect(contentsOf(scene.overlay.snapshot$.value)).toEqual(contentsOf(scene.store.snapshot$.value));
        for (const { snapshot, contents } of kept) expect(contentsOf(snapshot)).toEqual(contents);
        outstanding += scene.outstanding;
        late += scene.late;
      }),
      { numRuns: 400, interruptAfterTimeLimit: 20_000 },
    );
    expect(outstanding).toBeGreaterThan(200);
    expect(late).toBeGreaterThan(50);
  });
});
