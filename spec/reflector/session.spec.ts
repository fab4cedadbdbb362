import { tap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { listAndWatch, retryWithBackoff } from 'kuberx';
import { fakeListerWatcher } from 'kuberx/testing';
import { inWords, marbles, random, values } from './marbles.ts';

describe('a session that is wrapped by an operator', () => {
  it('is repeated from where it left off, like one that is not', () => {
    marbles(({ cold, flush }) => {
      const server = fakeListerWatcher([{ watch: 'oma|' }, { watch: '-' }], { cold: cold as never, values });
      const session$ = listAndWatch(server, { random });
      const seen: string[] = [];
      const events$ = retryWithBackoff((start) => session$(start).pipe(tap((event) => seen.push(inWords(event)))), {
        random,
      });
      const subscription = events$.subscribe();
      cold('5000ms x').subscribe(() => subscription.unsubscribe());
      flush();
      expect(seen.slice(2)).toEqual(['Replaced 5: ', 'Opened watching', 'Updated a@6', 'Requested watching']);
      expect(server.requests[1]).toMatchObject({ verb: 'watch', at: 1000, options: { resourceVersion: '6' } });
    });
  });
});
