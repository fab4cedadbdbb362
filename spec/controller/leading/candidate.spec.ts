import { takeWhile } from 'rxjs';
import { expect, it } from 'vitest';
import { seconds } from 'kuberx';
import { candidates } from './candidates.ts';

it('ends its term at once where its only subscriber goes when it is told that it leads', () => {
  const { time, candidate, lease, server } = candidates();
  const leader$ = candidate('a');
  leader$.pipe(takeWhile(({ isLeading }) => !isLeading)).subscribe();
  time.advance(0);
  expect(lease()?.spec?.holderIdentity).toBe('');
  expect(leader$.value.isLeading).toBe(false);
  const sent = server.requests.length;
  time.advance(seconds(60));
  expect(server.requests).toHaveLength(sent);
});

it('has one request open at a time, also where the server takes its time', () => {
  const { time, candidate, server } = candidates();
  const subscription = candidate('a').subscribe();
  time.advance(0);
  server.failNext({ code: 'hang', times: 1, verbs: ['update'] });
  time.advance(seconds(6.9)); // asked at 2 s, given up at 7 s
  expect(server.requests.filter(({ verb }) => verb === 'update')).toHaveLength(1);
  time.advance(seconds(3));
  expect(server.requests.filter(({ verb }) => verb === 'update').length).toBeGreaterThan(1);
  subscription.unsubscribe();
});

it('competes again after it has left, and has left before it is wanted again', () => {
  const { time, candidate } = candidates();
  const leader$ = candidate('a');
  leader$.subscribe().unsubscribe();
  time.advance(seconds(1));
  const subscription = leader$.subscribe();
  time.advance(seconds(5));
  expect(leader$.value.isLeading).toBe(true);
  subscription.unsubscribe();
});
