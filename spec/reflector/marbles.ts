import { map, type Observable, type OperatorFunction } from 'rxjs';
import { TestScheduler, type RunHelpers } from 'rxjs/testing';
import { expect } from 'vitest';
import type { CacheEvent, KubernetesObject } from 'kuberx';
import {
  added,
  bookmark,
  buildObject,
  deleted,
  errorFrame,
  initialEventsEnd,
  modified,
  open,
  page,
} from 'kuberx/testing';

/** Runs one marble spec: what is expected is compared by value, frame by frame. */
export function marbles(spec: (helpers: RunHelpers) => void): void {
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(spec);
}

/** No chance: every delay is its shortest. */
export const random = (): number => 0;

/** What the letters of answers stand for, in all specs of the reflector. */
export const values = {
  // pages
  p: page([buildObject('default/a', '1'), buildObject('default/b', '2')], '5'),
  q: page([buildObject('default/a', '1')], '5', { continue: 'more', remainingItemCount: 1 }),
  r: page([buildObject('default/b', '2')], '5'),
  s: page([buildObject('default/a', '8')], '9'),
  // frames
  o: open,
  i: added(buildObject('default/a', '4')),
  j: added(buildObject('default/b', '3')),
  m: initialEventsEnd('5'),
  n: initialEventsEnd('9'),
  a: modified(buildObject('default/a', '6')),
  b: added(buildObject('default/b', '7')),
  c: deleted(buildObject('default/a', '8')),
  k: bookmark('20'),
  x: errorFrame(410, 'Expired'),
  y: errorFrame(500, 'InternalError'),
  z: errorFrame(500, 'StorageReadError'),
};

/** An event in words, so that an expectation can be read. */
export function inWords(event: CacheEvent<KubernetesObject>): string {
  const name = ({ metadata }: KubernetesObject): string => `${metadata.name}@${metadata.resourceVersion ?? ''}`;
  switch (event.type) {
    case 'Replaced':
      return `Replaced ${event.resourceVersion}: ${event.objects.map(name).join(' ')}`;
    case 'Added':
    case 'Updated':
    case 'Deleted':
      return `${event.type} ${name(event.object)}`;
    case 'Bookmark':
      return `Bookmark ${event.resourceVersion}`;
    case 'Sync':
      return 'Sync';
    case 'Requested':
      return `Requested ${event.phase}${event.received === undefined ? '' : `, ${event.received} there`}`;
    case 'Opened':
      return `Opened ${event.phase}`;
    case 'Received': {
      const total = event.remaining === undefined ? '' : ` of ${event.received + event.remaining}`;
      return `Received ${event.phase} ${event.received}${total}`;
    }
    case 'Settled':
      return 'Settled';
    case 'Unwatched':
      return `Unwatched, list in ${event.relistIn}`;
    case 'HeldBack':
      return `HeldBack ${event.phase}: ${event.reason}`;
    case 'Refused':
      return `Refused ${event.count}: ${event.error.message}`;
    case 'Interrupted':
      return `Interrupted ${event.phase}: ${event.error.reason}, attempt ${event.attempt}, retry in ${event.retryIn}`;
  }
}

/** The events in words. */
export const words = (): OperatorFunction<CacheEvent<KubernetesObject>, string> => map(inWords);

/** Runs a stream for `milliseconds` of virtual time and returns what it said, each with its time: `800 Requested listing`. */
export function transcript(
  { cold, flush }: RunHelpers,
  events$: Observable<CacheEvent<KubernetesObject>>,
  milliseconds: number,
  now: () => number,
): string[] {
  const lines: string[] = [];
  const subscription = events$.subscribe((event) => lines.push(`${now()} ${inWords(event)}`));
  cold(`${milliseconds}ms x`).subscribe(() => subscription.unsubscribe());
  flush();
  return lines;
}
