import fc from 'fast-check';
import { Observable, type Observer, type OperatorFunction, type Subscriber } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { concatMapByKey, conflateByKey, type InformerEvent, store } from 'kuberx';
import { informerEvents } from '#src/informer/informer-events.ts';
import { type Pod, pod } from '../store/pods.ts';
import { word } from './events.ts';

type Step =
  | { readonly verb: 'put' | 'delete' | 'comeBack' | 'recreate'; readonly name: string }
  /** A relist: these have changed, those that are not named are gone. */
  | { readonly verb: 'relist'; readonly names: readonly string[] }
  | { readonly verb: 'finish'; readonly index: number };

const name = fc.constantFrom('a', 'b', 'c', 'd');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ verb: fc.constant('put' as const), name }) },
  {
    weight: 4,
    arbitrary: fc.record({ verb: fc.constantFrom('delete' as const, 'comeBack' as const, 'recreate' as const), name }),
  },
  { weight: 1, arbitrary: fc.uniqueArray(name).map((names) => ({ verb: 'relist', names }) as const) },
  { weight: 6, arbitrary: fc.nat(3).map((index) => ({ verb: 'finish', index }) as const) },
);
const concurrency = fc.constantFrom(1, 2, 3, Infinity);
const histories = fc.tuple(
  fc.array(step, { maxLength: 8 }),
  concurrency,
  fc.array(step, { maxLength: 100, size: 'max' }),
);

/** Changes a store as a watch would. */
class Cluster {
  readonly store = store<Pod>();
  private version = 0;
  private uid = 0;
  private readonly uids = new Map<string, string>();

  constructor() {
    this.store.replace([], '0');
  }

  apply(step: Exclude<Step, { verb: 'finish' }>): void {
    const resourceVersion = String(++this.version);
    switch (step.verb) {
      case 'put':
        this.store.update(this.next(step.name));
        return;
      case 'delete':
        this.remove(step.name);
        return;
      case 'comeBack':
        this.remove(step.name);
        this.store.update(this.next(step.name));
        return;
      case 'recreate':
        this.remove(step.name);
        this.uids.delete(step.name);
        this.store.update(this.next(step.name));
        return;
      case 'relist':
        this.store.replace(
          step.names.map((each) => this.next(each)),
          resourceVersion,
        );
    }
  }

  private next(name: string): Pod {
    const uid = this.uids.get(name) ?? `uid ${++this.uid}`;
    this.uids.set(name, uid);
    return pod(name, { version: ++this.version, uid });
  }

  /** As servers do, with a last state and version that nobody has seen before. */
  private remove(name: string): void {
    if (this.store.getByKey(`default/${name}`) !== undefined) this.store.delete(this.next(name));
  }
}

/** A consumer of events, which is busy with each until it is told to finish, and believes nothing else. */
class Consumer {
  readonly started: InformerEvent<Pod>[] = [];
  readonly view = new Map<string, Pod>();
  private readonly busy: { readonly key: string; readonly subscriber: Subscriber<never> }[] = [];

  readonly project = (event: InformerEvent<Pod>): Observable<never> =>
    new Observable((subscriber) => {
      const key = event.object.metadata.name;
      expect(this.busy.map((each) => each.key)).not.toContain(key);
      this.see(key, event);
      this.started.push(event);
      this.busy.push({ key, subscriber });
    });

  get active(): number {
    return this.busy.length;
  }

  finish(index: number): void {
    const [done] = this.busy.splice(index % Math.max(1, this.busy.length), 1);
    done?.subscriber.complete();
  }

  private see(key: string, event: InformerEvent<Pod>): void {
    const seen = this.view.get(key);
    if (event.type === 'added') expect(seen).toBe(undefined);
    else expect(seen).toBeDefined();
    if (event.type === 'updated') expect(event.oldObject).toBe(seen);
    if (event.type !== 'added') expect(event.object.metadata.uid).toBe(seen?.metadata.uid);
    if (event.type === 'deleted') this.view.delete(key);
    else this.view.set(key, event.object);
  }
}

/** Plays a history. The source has a few objects before it is subscribed to. */
function play(
  operator: (project: Consumer['project']) => OperatorFunction<InformerEvent<Pod>, never>,
  before: readonly Step[],
  steps: readonly Step[],
  observer: Partial<Observer<InformerEvent<Pod>>>,
  isAllowed: (active: number) => boolean,
): { readonly consumer: Consumer; readonly cluster: Cluster } {
  const [cluster, consumer] = [new Cluster(), new Consumer()];
  for (const each of before) if (each.verb !== 'finish') cluster.apply(each);
  const errors: unknown[] = [];
  const events$ = informerEvents(cluster.store) as Observable<InformerEvent<Pod>>;
  events$.subscribe(observer);
  events$.pipe(operator(consumer.project)).subscribe({ error: (error: unknown) => errors.push(error) });
  for (const each of steps) {
    if (each.verb === 'finish') consumer.finish(each.index);
    else cluster.apply(each);
    expect(errors).toEqual([]);
    expect(isAllowed(consumer.active)).toBe(true);
  }
  while (consumer.active > 0) consumer.finish(0);
  expect(errors).toEqual([]);
  return { consumer, cluster };
}

describe('over random histories and paces', () => {
  it('conflateByKey leads a consumer from what it saw to what there is, by events that are true for it', () => {
    let [told, started, most] = [0, 0, 0];
    fc.assert(
      fc.property(histories, ([before, concurrency, steps]) => {
        const { consumer, cluster } = play(
          (project) => conflateByKey(project, { concurrency }),
          before,
          steps,
          { next: () => told++ },
          (active) => active <= concurrency && (most = Math.max(most, active)) <= 4,
        );
        started += consumer.started.length;
        const held = cluster.store.list().map((object) => [object.metadata.name, object] as const);
        expect(consumer.view.size).toBe(held.length);
        for (const [key, object] of held) expect(consumer.view.get(key)).toBe(object);
      }),
      { numRuns: 1000 },
    );
    expect(most).toBe(4);
    expect(started).toBeGreaterThan(10_000);
    expect(told - started).toBeGreaterThan(10_000);
  });

  it('concatMapByKey tells everything, in order: for each key, and overall with a concurrency of 1', () => {
    let [aside, inOrder] = [0, 0];
    fc.assert(
      fc.property(histories, ([before, concurrency, steps]) => {
        const source: InformerEvent<Pod>[] = [];
        const { consumer } = play(
          (project) => concatMapByKey(project, { concurrency }),
          before,
          steps,
          { next: (event) => source.push(event) },
          (active) => active <= concurrency,
        );
        const [told, heard] = [source.map(word), consumer.started.map(word)];
        if (concurrency === 1) expect(heard).toEqual(told);
        for (const key of ['a', 'b', 'c', 'd']) {
          const ofKey = (events: readonly string[]): string[] => events.filter((each) => each[1] === key);
          expect(ofKey(heard)).toEqual(ofKey(told));
        }
        expect(heard).toHaveLength(told.length);
        if (heard.join() === told.join()) inOrder++;
        else aside++;
      }),
      { numRuns: 1000 },
    );
    expect(Math.min(aside, inOrder)).toBeGreaterThan(100);
  });
});
