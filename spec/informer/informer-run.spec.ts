import { NEVER, of, Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject, ListerWatcher, WatchFrame } from 'kuberx';
import { added, buildObject, initialEventsEnd, modified, open } from 'kuberx/testing';
import { InformerRun } from '#src/informer/informer-run.ts';

const [a, b] = [buildObject('default/a', '1'), buildObject('default/b', '2')] as const;

/** A server with two objects and then these changes. */
class Server implements ListerWatcher<KubernetesObject> {
  readonly resource = 'v1/pods';
  readonly changes$ = new Subject<WatchFrame<KubernetesObject>>();

  list(): ReturnType<ListerWatcher<KubernetesObject>['list']> {
    return of({ items: [a, b], resourceVersion: '2' });
  }

  watch({ sendInitialEvents = false }): ReturnType<ListerWatcher<KubernetesObject>['watch']> {
    return sendInitialEvents ? of(open, added(a), added(b), initialEventsEnd('2')) : this.changes$;
  }
}

describe('InformerRun', () => {
  it.each([
    ['a paged list', false],
    ['a streaming list', true],
  ])('transforms and interns each object of %s once, and each change', (_, streaming) => {
    const server = new Server();
    const calls = { transform: 0, intern: 0 };
    const run = new InformerRun<KubernetesObject, never>(server, {
      streaming,
      transform: (object) => ((calls.transform += 1), object),
      intern: (_previous, object) => ((calls.intern += 1), object),
    });
    const held = run.held(NEVER).subscribe();
    expect(run.store.listKeys().sort()).toEqual(['default/a', 'default/b']);
    expect(calls).toEqual({ transform: 2, intern: 2 });
    if (!streaming) {
      server.changes$.next(modified(buildObject('default/a', '3')));
      expect(run.store.getByKey('default/a')?.metadata.resourceVersion).toBe('3');
      expect(calls).toEqual({ transform: 3, intern: 3 });
    }
    held.unsubscribe();
  });

  it('runs from the first that holds it to the last, and keeps its state', () => {
    const run = new InformerRun<KubernetesObject, never>(new Server(), { streaming: false });
    expect(run.status$.value.phase).toBe('idle');
    const held = [run.held(NEVER).subscribe(), run.held(run.store.commits$).subscribe()];
    expect(run.status$.value.phase).toBe('watching');
    held[0]!.unsubscribe();
    expect(run.status$.value.phase).toBe('watching');
    held[1]!.unsubscribe();
    expect(run.status$.value).toMatchObject({ phase: 'stopped', synced: true, stale: true });
    expect(run.store.list()).toHaveLength(2);
  });

  it('ends with its signal for good, and gives the last value to those who come later', () => {
    const ended = new AbortController();
    const run = new InformerRun<KubernetesObject, never>(new Server(), { streaming: false, signal: ended.signal });
    run.held(NEVER).subscribe();
    ended.abort();
    const seen: unknown[] = [];
    run
      .heldValues(run.store.snapshot$)
      .subscribe({ next: ({ size }) => seen.push(size), complete: () => seen.push('end') });
    run.status$.subscribe({ next: ({ phase }) => seen.push(phase), complete: () => seen.push('end') });
    expect(seen).toEqual([2, 'end', 'stopped', 'end']);
    expect(run.isEnded).toBe(true);
  });
});
