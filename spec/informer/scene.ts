import { asyncScheduler } from 'rxjs';
import { TestScheduler, type RunHelpers } from 'rxjs/testing';
import { expect } from 'vitest';
import {
  type InformerEvent,
  type KubernetesObject,
  minutes,
  sharedInformer,
  type SharedInformer,
  type SharedInformerOptions,
  type Synced,
} from 'kuberx';
import {
  added,
  bookmark,
  buildObject,
  deleted,
  errorFrame,
  fakeListerWatcher,
  initialEventsEnd,
  modified,
  open,
  type FakeAnswer,
  type FakeListerWatcher,
} from 'kuberx/testing';

/** No chance: every delay is its shortest. */
export const random = (): number => 0;

/** What the letters of watches stand for: `oabm` is a streaming list of a and b at version 5. */
export const values = {
  o: open,
  a: added(buildObject('default/a', '4')),
  b: added(buildObject('default/b', '3')),
  m: initialEventsEnd('5'),
  A: modified(buildObject('default/a', '6')),
  B: modified(buildObject('default/b', '7')),
  c: added(buildObject('default/c', '8')),
  d: deleted(buildObject('default/b', '9')),
  e: added(buildObject('default/a', '10', { metadata: { uid: 'another' } })),
  k: bookmark('20'),
  n: initialEventsEnd('25'),
  3: initialEventsEnd('3'),
  x: errorFrame(410, 'Expired'),
};

/** An event in words: `added a@4 initial`. */
export function inWords(event: InformerEvent<KubernetesObject> | Synced): string {
  if (event.type === 'synced') return 'synced';
  const name = ({ metadata }: KubernetesObject): string => `${metadata.name}@${metadata.resourceVersion ?? ''}`;
  switch (event.type) {
    case 'added':
      return `added ${name(event.object)}${event.isInInitialList ? ' initial' : ''}`;
    case 'updated':
      return `updated ${name(event.oldObject)} to ${name(event.object)}`;
    case 'deleted':
      return `deleted ${name(event.object)}${event.finalStateUnknown ? ' unseen' : ''}`;
  }
}

/** What a spec of an informer in virtual time works with. */
export interface Scene {
  readonly informer: SharedInformer<KubernetesObject, 'uid'>;
  readonly server: FakeListerWatcher<KubernetesObject>;
  /** Notes a line with the time: `5: synced`. */
  readonly note: (line: string) => void;
  /** Does something at a time. */
  readonly at: (milliseconds: number, action: () => void) => void;
  readonly helpers: RunHelpers;
}

/** Notes the events of the informer in words, each behind a name. */
export const listen = ({ informer, note }: Scene, who = ''): { unsubscribe: () => void } =>
  informer.events({ withSynced: true }).subscribe((event) => note(who + inWords(event)));

/** Lines that were noted, without when. */
export const withoutTime = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/^\d+: /, ''));

/**
 * Plays a spec against an informer whose watches are answered by these marbles, one after the other, and returns what was
 * noted. In the end nothing may be open or due.
 */
export function play(
  watches: readonly (string | FakeAnswer<KubernetesObject>)[],
  spec: (scene: Scene) => void,
  options: SharedInformerOptions<KubernetesObject, KubernetesObject, 'uid'> = {},
): string[] {
  const lines: string[] = [];
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  scheduler.run((helpers) => {
    const answers = watches.map((watch) => (typeof watch === 'string' ? { watch } : watch));
    const server = fakeListerWatcher(answers, { cold: helpers.cold as never, values });
    const indexers = { uid: ({ metadata }: KubernetesObject) => [metadata.uid ?? ''] };
    // A reflector that nobody stops would go on for ever in virtual time.
    const forgotten = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, forgotten.signal]) : forgotten.signal;
    const informer = sharedInformer(server, { random, indexers, ...options, signal });
    const note = (line: string): void => void lines.push(`${asyncScheduler.now()}: ${line}`);
    const at = (milliseconds: number, action: () => void): void => {
      helpers.cold(`${milliseconds}ms x`).subscribe(action);
    };
    spec({ informer, server, note, at, helpers });
    at(minutes(10), () => {
      if (server.openRequests > 0) note('still running');
      forgotten.abort();
    });
    helpers.flush();
    expect(server.openRequests).toBe(0);
  });
  return lines;
}
