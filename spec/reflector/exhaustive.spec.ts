import { VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import {
  emptySnapshot,
  reduceSnapshot,
  reflector,
  type CacheEvent,
  type KubernetesObject,
  type Snapshot,
} from 'kuberx';
import { brokenReflectors, type BrokenReflector } from './broken-reflectors.ts';
import { behaviours, ModelServer, type Behaviour } from './model-server.ts';
import { inWords } from './marbles.ts';

/** Longest silence, four times, with the backoff after each; then the server has been quiet for long. */
const quietAt = 2_000_000;
const end = quietAt + 600_000;

const inOrder = (snapshot: Iterable<KubernetesObject>): string[] =>
  Array.from(snapshot, ({ metadata }) => `${metadata.name} ${metadata.uid} ${metadata.resourceVersion}`).sort();

/** Plays a sequence and returns what is wrong, if anything, with what was said. */
function play(sequence: readonly Behaviour[], broken: BrokenReflector = {}): string | undefined {
  const scheduler = new VirtualTimeScheduler(undefined, Infinity);
  const server = new ModelServer(scheduler, sequence);
  const said: string[] = [];
  const wrong: string[] = [];
  let snapshot: Snapshot<KubernetesObject> = emptySnapshot();

  const observe = (event: CacheEvent<KubernetesObject>): void => {
    said.push(`${scheduler.now()} ${inWords(event)}`);
    const before = snapshot;
    snapshot = reduceSnapshot(snapshot, event);
    if (snapshot === before) return;
    const version = Number(snapshot.resourceVersion);
    if (version < Number(before.resourceVersion ?? 0)) wrong.push(`the version went back to ${version}`);
    const truth = inOrder(server.truth.get(version)!.values());
    const held = inOrder(snapshot.list());
    if (held.join() !== truth.join()) wrong.push(`at ${version} it held ${held.join()} where ${truth.join()} is true`);
  };
  const over = (how: string) => (): unknown => wrong.push(`it ${how}`);
  const events$ = reflector(broken.listerWatcher?.(server) ?? server, { scheduler, random: () => 0.5 });
  const subscription = (broken.events?.(events$) ?? events$).subscribe({
    next: observe,
    error: over('failed'),
    complete: over('completed'),
  });

  scheduler.schedule(() => server.mutate(), quietAt);
  scheduler.schedule(() => {
    if (Number(snapshot.resourceVersion) !== server.version) wrong.push('it did not agree when the server was quiet');
    subscription.unsubscribe();
    if (server.openRequests > 0) wrong.push('it left a request open');
    if (scheduler.actions.length > 0) wrong.push('it left a timer');
  }, end);
  scheduler.flush();

  if (server.mostOpen > 1) wrong.push('it had two requests open at once');
  if (server.watchedAt.some((at, index, all) => at - (all[index - 1] ?? -Infinity) < 1000))
    wrong.push('it watched twice within a second');
  if (server.requests > sequence.length * 4 + 25) wrong.push(`it sent ${server.requests} requests`);
  return wrong.length === 0 ? undefined : [sequence.join(', '), ...wrong.slice(0, 3), ...said].join('\n');
}

/** Every sequence of so many behaviours. */
function* sequences(length: number): Generator<readonly Behaviour[]> {
  if (length === 0) yield [];
  else for (const rest of sequences(length - 1)) for (const behaviour of behaviours) yield [...rest, behaviour];
}

const longest = Number(process.env['KUBERX_EXHAUSTIVE'] ?? 4);

describe('reflector, against every sequence of server behaviours', () => {
  it.each(Array.from({ length: longest + 1 }, (_, length) => length))(
    'should keep its promises through any %i',
    (length) => {
      let played = 0;
      for (const sequence of sequences(length)) {
        const wrong = play(sequence);
        if (wrong !== undefined) expect.fail(wrong);
        played += 1;
      }
      expect(played).toBe(behaviours.length ** length);
    },
    600_000,
  );
});

describe('the check itself', () => {
  it.each(Object.entries(brokenReflectors))('should find out a reflector that %s', (_, broken) => {
    const found = Array.from(sequences(2), (sequence) => play(sequence, broken)).filter((wrong) => wrong !== undefined);
    expect(found.length).toBeGreaterThan(0);
  });
});
