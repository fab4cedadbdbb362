import { type Observable, VirtualTimeScheduler } from 'rxjs';
import {
  type CacheEvent,
  emptySnapshot,
  type KubernetesObject,
  type ListPage,
  reduceSnapshot,
  reflector,
  type Snapshot,
} from 'kuberx';
import type { BrokenReflector } from './broken-reflectors.ts';
import type { Exchange } from './exchange.ts';
import { inWords } from './marbles.ts';
import { behaviours, ModelServer, type Behaviour } from './model-server.ts';

/** Which promise was broken, which is how a spec can ask for it. */
export type Promised =
  'state' | 'agreement' | 'resumption' | 'single flight' | 'watch interval' | 'few requests' | 'nothing left';

/** A promise that was broken, in words. */
export interface Breach {
  readonly at: number;
  readonly promised: Promised;
  readonly what: string;
}

/** What a reflector was answered, and which promises it broke. */
export interface Failure {
  readonly sequence: readonly Behaviour[];
  readonly breaches: readonly [Breach, ...Breach[]];
  readonly said: readonly string[];
  readonly exchanges: readonly Exchange[];
  /** The state of the server when all was over. */
  readonly last: ListPage<KubernetesObject>;
}

/** Longest silence, four times, with the backoff after each; then the server has been quiet for long. */
const quietAt = 2_000_000;
const end = quietAt + 600_000;

const inOrder = (objects: Iterable<KubernetesObject>): string[] =>
  Array.from(objects, ({ metadata }) => `${metadata.name} ${metadata.uid} ${metadata.resourceVersion}`).sort();

/** The events of a broken reflector, or of the real one. */
export function eventsOf(
  broken: BrokenReflector,
  ...[server, options]: Parameters<typeof reflector<KubernetesObject>>
): Observable<CacheEvent<KubernetesObject>> {
  const events$ = reflector(broken.listerWatcher?.(server) ?? server, options);
  return broken.events?.(events$) ?? events$;
}

/** How many requests a sequence is worth. */
export const enoughRequests = (sequence: readonly Behaviour[]): number => sequence.length * 4 + 25;

/** Plays a sequence and returns which promises were broken, if any. */
export function play(sequence: readonly Behaviour[], broken: BrokenReflector = {}): Failure | undefined {
  const scheduler = new VirtualTimeScheduler(undefined, Infinity);
  const said: string[] = [];
  const breaches: Breach[] = [];
  let snapshot: Snapshot<KubernetesObject> = emptySnapshot();
  let watchedAt = -Infinity;

  const breach = (promised: Promised, what: string): unknown =>
    breaches.push({ at: scheduler.now(), promised, what: `it ${what}` });

  const server = new ModelServer(scheduler, sequence, ({ verb, at, options }) => {
    if (server.openRequests > 1) breach('single flight', 'had two requests open at once');
    if (server.exchanges.length > enoughRequests(sequence))
      breach('few requests', `sent more than ${enoughRequests(sequence)} requests`);
    if (verb === 'list') return;
    if (at - watchedAt < 1000) breach('watch interval', 'watched twice within a second');
    watchedAt = at;
    const { resourceVersion: told } = snapshot;
    const { sendInitialEvents, resourceVersion: asked } = options;
    if (!sendInitialEvents && asked !== told) breach('resumption', `watched from ${asked} where it was at ${told}`);
  });

  const observe = (event: CacheEvent<KubernetesObject>): void => {
    said.push(`${scheduler.now()} ${inWords(event)}`);
    const before = snapshot;
    snapshot = reduceSnapshot(snapshot, event);
    if (snapshot === before) return;
    // Without a version, what came before the watch and was not listed is missed until the next list.
    if (snapshot.resourceVersion === undefined && event.type !== 'Replaced') return;
    const version = Number(snapshot.resourceVersion ?? server.version);
    if (version < Number(before.resourceVersion ?? 0)) breach('state', `went back to version ${version}`);
    const truth = inOrder(server.truth.get(version)!.values()).join();
    const held = inOrder(snapshot.list()).join();
    if (held !== truth) breach('state', `held ${held} at version ${version}, where ${truth} is true`);
  };
  const subscription = eventsOf(broken, server, { scheduler, random: () => 0.5 }).subscribe({
    next: observe,
    error: () => breach('state', 'failed'),
    complete: () => breach('state', 'completed'),
  });

  scheduler.schedule(() => server.mutate(), quietAt);
  scheduler.schedule(() => {
    if (Number(snapshot.resourceVersion) !== server.version)
      breach('agreement', `was at version ${snapshot.resourceVersion} when the server was quiet at ${server.version}`);
    subscription.unsubscribe();
    if (server.openRequests > 0) breach('nothing left', 'left a request open');
    if (scheduler.actions.length > 0) breach('nothing left', 'left a timer');
  }, end);
  scheduler.flush();

  const [first, ...others] = breaches;
  return first && { sequence, breaches: [first, ...others], said, exchanges: server.exchanges, last: server.state() };
}

/** Every sequence of so many behaviours. */
export function* sequences(length: number, of: readonly Behaviour[] = behaviours): Generator<readonly Behaviour[]> {
  if (length === 0) yield [];
  else for (const rest of sequences(length - 1, of)) for (const behaviour of of) yield [...rest, behaviour];
}
