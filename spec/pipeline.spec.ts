import { map, scan } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import {
  emptySnapshot,
  type InformerEvent,
  type KubernetesObject,
  listAndWatch,
  minutes,
  reduceSnapshot,
  reflector,
  resync,
  retryWithBackoff,
  store as makeStore,
} from 'kuberx';
import {
  added,
  buildObject,
  deleted,
  errorFrame,
  fakeListerWatcher,
  initialEventsEnd,
  modified,
  open,
} from 'kuberx/testing';

const random = (): number => 0;

const values = {
  o: open,
  a: added(buildObject('default/a', '4')),
  b: added(buildObject('default/b', '3')),
  m: initialEventsEnd('5'),
  n: initialEventsEnd('9'),
  c: modified(buildObject('default/a', '6')),
  d: added(buildObject('default/a', '8', { metadata: { uid: 'another' } })),
  e: deleted(buildObject('default/b', '7')),
  x: errorFrame(410, 'Expired'),
};

const inWords = (event: InformerEvent<KubernetesObject>): string => {
  const { name, uid, resourceVersion } = event.object.metadata;
  const unseen = event.type === 'deleted' && event.finalStateUnknown ? ' unseen' : '';
  return `${event.type} ${name}@${resourceVersion ?? ''} (${uid ?? ''})${unseen}`;
};

/** Plays streams of marbles, one for each watch request, and returns each commit of the store in words, with its time. */
function commitsOf(...watches: string[]): string[] {
  const commits: string[] = [];
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  scheduler.run(({ cold, flush }) => {
    const pods = fakeListerWatcher(
      watches.map((watch) => ({ watch })),
      { cold: cold as never, values },
    );
    const store = makeStore();
    store.commits$.subscribe(({ events }) => commits.push(`${scheduler.now()}: ${events.map(inWords).join(', ')}`));
    const subscription = reflector(pods, { random, admit: store.admit }).subscribe(store);
    cold('5s x').subscribe(() => subscription.unsubscribe());
    flush();
  });
  return commits;
}

describe('reflector and store', () => {
  it('turn a state and its changes into commits', () => {
    expect(commitsOf('oabm-c-e')).toEqual([
      '3: added a@4 (uid of default/a), added b@3 (uid of default/b)',
      '5: updated a@6 (uid of default/a)',
      '7: deleted b@7 (uid of default/b)',
    ]);
  });

  it('take a new uid under an old key for a deletion and an addition, in a watch', () => {
    expect(commitsOf('oam-d').at(-1)).toBe('4: deleted a@4 (uid of default/a) unseen, added a@8 (another)');
  });

  it('take a new uid under an old key for a deletion and an addition, in a relist', () => {
    expect(commitsOf('oamx', 'odn').at(-1)).toBe('1002: deleted a@4 (uid of default/a) unseen, added a@8 (another)');
  });

  it('report what vanished while nobody watched', () => {
    expect(commitsOf('oabmx', 'oan').at(-1)).toBe('1002: deleted b@3 (uid of default/b) unseen');
  });

  it('are what the operators and a scan are', () => {
    const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
    scheduler.run(({ cold, expectObservable }) => {
      const pods = fakeListerWatcher([{ watch: '-o-abm----c-e' }], { cold: cold as never, values });
      const sizes$ = retryWithBackoff(listAndWatch(pods, { random }), { random }).pipe(
        resync(minutes(10)),
        scan(reduceSnapshot, emptySnapshot()),
        map(({ size, resourceVersion }) => `${size} at ${resourceVersion ?? 'none'}`),
      );
      const expected = { s: '0 at none', r: '2 at 5', c: '2 at 6', e: '1 at 7' };
      expectObservable(sizes$, '^------------!').toBe('ss---(rr)-c-e', { ...expected });
    });
  });
});
