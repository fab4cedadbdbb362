import { concatMap, EMPTY, type Observable, type OperatorFunction, Subject } from 'rxjs';
import { conflateByKey } from '#src/informer/pace/conflate-by-key.ts';
import { concatMapByKey } from '#src/informer/pace/concat-map-by-key.ts';
import type { SharedInformer } from '#src/informer/shared-informer.ts';
import type { InformerEvent } from '#src/protocol/informer-event.ts';
import { type Candidate, nanoseconds, processorTime } from '../store/measure.ts';
import { type BenchPod, smallPod } from '../store/pod.ts';
import { type Section, times } from '../store/section.ts';
import { frame, running } from './running.ts';

type Event = InformerEvent<BenchPod>;

const pods = 100;
let heard = 0;
const hear = (): void => {
  heard++;
};

function hearing(): Observable<never> {
  hear();
  return EMPTY;
}

/** The ways to subscribe, by name. */
const ways: Readonly<Record<string, (informer: SharedInformer<BenchPod>) => void>> = {
  snapshot$: ({ snapshot$ }) => void snapshot$.subscribe(hear),
  commits$: ({ commits$ }) => void commits$.subscribe(hear),
  events$: ({ events$ }) => void events$.subscribe(hear),
  addEventHandler: (informer) => void informer.addEventHandler({ onAdd: hear, onUpdate: hear, onDelete: hear }),
};

/** The consumers that take events at their own pace, by name. */
const paces: Readonly<Record<string, () => OperatorFunction<Event, never>>> = {
  concatMap: () => concatMap(hearing),
  concatMapByKey: () => concatMapByKey(hearing),
  conflateByKey: () => conflateByKey(hearing),
};

/** The cost of one more subscriber for each event: the cost of many minus the cost of none, divided by their number. */
export function subscribers(counts: readonly number[]): Section {
  const rows = counts.map((count) => {
    const events = eventsFor(count);
    const informers = [none(events), ...Object.keys(ways).map((way) => ofInformer(way, events, count))];
    const candidates = [ofSubject('Subject', (events$) => events$, events, count), ...informers];
    const measured = nanoseconds(candidates, 15, processorTime);
    for (const { stop } of informers) stop();
    const least = measured.get('Subject')! / count;
    const cell = (way: string): string => {
      const more = measured.get(way)! - measured.get('none')!;
      if (more < measured.get('none')! / 20) return 'in the noise';
      const each = more / count;
      return `${each.toFixed(0)} (${times(each / least)})`;
    };
    return [count, least.toFixed(1), ...Object.keys(ways).map(cell), measured.get('none')!.toFixed(0)];
  });
  return {
    title: 'one more subscriber of an informer, ns for each event (ratio to one more of a Subject)',
    columns: ['subscribers', 'Subject', ...Object.keys(ways), 'the event without any'],
    rows,
    verdicts: [],
  };
}

/** The cost of one more consumer at its own pace for each event, if its work is done at once. */
export function consumers(counts: readonly number[]): Section {
  const rows = counts.map((count) => {
    const candidates = Object.entries(paces).map(([name, pace]) =>
      ofSubject(name, (events$) => events$.pipe(pace()), eventsFor(count), count),
    );
    const measured = nanoseconds(candidates, 15, processorTime);
    const each = (name: string): number => measured.get(name)! / count;
    const cell = (name: string): string => `${each(name).toFixed(0)} (${times(each(name) / each('concatMap'))})`;
    return [count, ...Object.keys(paces).map(cell)];
  });
  return {
    title: 'one more consumer of events, ns for each event (ratio to concatMap, which knows no keys)',
    columns: ['consumers', ...Object.keys(paces)],
    rows,
    verdicts: [],
  };
}

const eventsFor = (count: number): number => Math.max(200, Math.round(20_000 / count));

function ofSubject(
  name: string,
  subscribed: (events$: Observable<Event>) => Observable<unknown>,
  events: number,
  count: number,
): Candidate {
  const subject$ = new Subject<Event>();
  for (let index = 0; index < count; index++) {
    subscribed(subject$).subscribe(name in paces ? undefined : hear);
  }
  const objects = Array.from({ length: pods }, (_, index) => smallPod(index, 1, 'worker-1'));
  let at = 0;
  return candidate(name, events, count, () => {
    const object = objects[at++ % pods]!;
    subject$.next({ type: 'updated', object, oldObject: object });
  });
}

function none(events: number): Candidate & { readonly stop: () => void } {
  return ofInformer('none', events, 0);
}

function ofInformer(way: string, events: number, count: number): Candidate & { readonly stop: () => void } {
  const { informer, frames$, stop } = running(pods);
  for (let index = 0; index < count; index++) ways[way]!(informer);
  let version = 1;
  const emit = (): void => {
    version++;
    frames$.next(frame('MODIFIED', smallPod(version % pods, version, 'worker-1')));
  };
  return { ...candidate(way, events, count, emit), stop };
}

function candidate(name: string, operations: number, count: number, emit: () => void): Candidate {
  const run = (): void => {
    heard = 0;
    for (let index = 0; index < operations; index++) emit();
    if (heard !== operations * count) throw new Error(`${name}: ${heard} heard instead of ${operations * count}`);
  };
  return { name, operations, run };
}
