import { asyncScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { listAndWatch, minutes } from 'kuberx';
import { fakeListerWatcher } from 'kuberx/testing';
import type { KeptState } from '#src/reflector/cursor.ts';
import { type ResumableReflector, resumeWithBackoff } from '#src/reflector/resume-with-backoff.ts';
import { forbidden } from './failures.ts';
import { marbles, random, values } from './marbles.ts';

type Answers = Parameters<typeof fakeListerWatcher>[0];

/** Subscribes at each time for 10 ms, and returns the requests, each with its time and version. */
function requestsOf(answers: Answers, kept: () => KeptState | undefined, times: readonly number[]): string[] {
  let requests: string[] = [];
  marbles(({ cold, flush }) => {
    const server = fakeListerWatcher(answers, { cold: cold as never, values });
    const { events$ } = resumeWithBackoff(listAndWatch(server, { random }), kept, { random });
    for (const time of times) {
      asyncScheduler.schedule(() => {
        const subscription = events$.subscribe();
        asyncScheduler.schedule(() => subscription.unsubscribe(), 10);
      }, time);
    }
    flush();
    requests = server.requests.map(({ verb, at, options }) => `${at} ${verb} ${options.resourceVersion ?? 'anything'}`);
  });
  return requests;
}

describe('resumeWithBackoff', () => {
  it('goes on from the version of the state that was kept', () => {
    const kept = { resourceVersion: '7', staleFor: 0 };
    expect(requestsOf([{ watch: 'o' }], () => kept, [0])).toEqual(['0 watch 7']);
  });

  it('lists where nothing was kept', () => {
    expect(requestsOf([{ watch: 'oam' }, { watch: 'o' }], () => undefined, [0, 5000])).toEqual([
      '0 watch anything',
      '5000 watch anything',
    ]);
  });

  it('verifies the version of a state that has been stale for long', () => {
    const kept = { resourceVersion: '5', staleFor: minutes(1) };
    expect(requestsOf([{ list: '(p|)' }, { watch: 'o' }], () => kept, [0])).toEqual(['0 list 5', '0 watch 5']);
  });

  it('keeps the delays from subscription to subscription, and tells how long the next one waits', () => {
    marbles(({ cold, flush }) => {
      const answers = [
        { list: '#', error: forbidden },
        { list: '#', error: forbidden },
      ];
      const server = fakeListerWatcher(answers, { cold: cold as never, values });
      const session$ = listAndWatch(server, { random, streaming: false });
      const { events$, untilNextStart }: ResumableReflector<unknown> = resumeWithBackoff(session$, () => undefined, {
        random,
      });
      const waits = [untilNextStart()];
      const first = events$.subscribe();
      asyncScheduler.schedule(() => {
        waits.push(untilNextStart());
        first.unsubscribe();
        const second = events$.subscribe();
        asyncScheduler.schedule(() => second.unsubscribe(), 1000);
      }, 10);
      flush();
      expect(waits).toEqual([0, 790]);
      expect(server.requests.map(({ at }) => at)).toEqual([0, 800]);
    });
  });
});
