import { map } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type Moment, seconds } from 'kuberx';
import { marbleLine } from 'kuberx/testing';
import { candidates, key, leases } from './candidates.ts';

describe('leadership', () => {
  it('leads at once where nobody does, and renews every two seconds', () => {
    const { time, candidate, lease, server } = candidates();
    const a$ = candidate('a');
    expect(a$.value).toMatchObject({ isLeading: false, holder: '' });
    const subscription = a$.subscribe();
    time.advance(0);
    expect(a$.value).toMatchObject({ isLeading: true, holder: 'a', error: undefined });
    expect(a$.value.timeLeft()).toBe(10_000);
    expect(lease()?.spec).toMatchObject({ holderIdentity: 'a', leaseDurationSeconds: 15, leaseTransitions: 0 });
    time.advance(seconds(20));
    expect(server.requests.filter(({ verb }) => verb === 'update')).toHaveLength(10);
    expect(server.requests.filter(({ verb }) => verb === 'get')).toHaveLength(1);
    subscription.unsubscribe();
  });

  it('follows while another leads, and takes over when that one is gone', () => {
    const { time, candidate } = candidates();
    const a = candidate('a').subscribe();
    time.advance(0);
    const b$ = candidate('b');
    const b = b$.subscribe();
    time.advance(seconds(60));
    expect(b$.value).toMatchObject({ isLeading: false, holder: 'a' });
    a.unsubscribe(); // in order: the Lease is released
    time.advance(seconds(5));
    expect(b$.value).toMatchObject({ isLeading: true, holder: 'b' });
    b.unsubscribe();
  });

  it('releases the Lease when its last subscriber has gone, and sends nothing more', () => {
    const { time, candidate, lease, server } = candidates();
    const a$ = candidate('a');
    const [one, other] = [a$.subscribe(), a$.subscribe()];
    time.advance(seconds(3));
    one.unsubscribe();
    time.advance(seconds(3));
    expect(lease()?.spec?.holderIdentity).toBe('a');
    other.unsubscribe();
    expect(a$.value.isLeading).toBe(false);
    time.advance(seconds(1));
    expect(lease()?.spec).toMatchObject({ holderIdentity: '', leaseDurationSeconds: 1 });
    const sent = server.requests.length;
    time.advance(seconds(600));
    expect(server.requests).toHaveLength(sent);
    expect(time.scheduler.actions).toHaveLength(0);
  });

  it('stops at its deadline where the server is away, whatever a request is doing, and another may lead 5 s later', async () => {
    const { time, candidate, server } = candidates();
    const a$ = candidate('a');
    const a = a$.subscribe();
    time.advance(seconds(1));
    await server.stop({ how: 'reset' });
    time.advance(seconds(8.9));
    expect(a$.value.isLeading).toBe(true);
    time.advance(seconds(0.2)); // the last renewal was sent at 0
    expect(a$.value.isLeading).toBe(false);
    expect(a$.value.error?.reason).toBe('ConnectionRefused');
    await server.start();
    time.advance(seconds(10));
    expect(a$.value.isLeading).toBe(true);
    a.unsubscribe();
  });

  it('stops at its deadline where a renewal hangs', () => {
    const { time, candidate, server } = candidates();
    const a$ = candidate('a');
    const a = a$.subscribe();
    time.advance(0);
    server.failNext({ code: 'hang', times: 100, resource: leases });
    time.advance(seconds(9.99));
    expect(a$.value.isLeading).toBe(true);
    time.advance(20);
    expect(a$.value.isLeading).toBe(false);
    expect(a$.value.error?.reason).toBe('Timeout');
    a.unsubscribe();
  });

  it('goes on through failures that pass', () => {
    const { time, candidate, server } = candidates();
    const a$ = candidate('a');
    const line = marbleLine(
      a$.pipe(map(({ isLeading, error }) => `${isLeading ? 'leads' : 'follows'} ${error?.reason ?? ''}`.trim())),
      time,
    );
    time.advance(seconds(1));
    server.failNext({ code: 429, times: 3, resource: leases, verbs: ['update'] });
    time.advance(seconds(30));
    expect(line.text).toBe('(follows, leads) 2s leads TooManyRequests 6s leads');
    line.unsubscribe();
  });

  it('sees at once that another has written itself into the Lease', () => {
    const { time, candidate, server, lease } = candidates();
    const a$ = candidate('a');
    const a = a$.subscribe();
    time.advance(seconds(1));
    const { spec } = lease()!;
    server.apply(leases, { ...lease()!, spec: { ...spec, holderIdentity: 'by hand' } });
    time.advance(seconds(1.1));
    expect(a$.value).toMatchObject({ isLeading: false, holder: 'by hand' });
    time.advance(seconds(20)); // nobody renews it
    expect(a$.value.isLeading).toBe(true);
    a.unsubscribe();
  });

  it('keeps what another has written into the Lease, and renews over it', () => {
    const { time, candidate, server, lease } = candidates();
    const a$ = candidate('a');
    const a = a$.subscribe();
    time.advance(seconds(1));
    const { metadata } = lease()!;
    server.apply(leases, { ...lease()!, metadata: { ...metadata, annotations: { 'example.com/note': 'kept' } } });
    time.advance(seconds(10));
    expect(a$.value.isLeading).toBe(true);
    expect(lease()?.metadata.annotations).toEqual({ 'example.com/note': 'kept' });
    a.unsubscribe();
  });

  it('leads again where the Lease is deleted under it', () => {
    const { time, candidate, server, lease } = candidates();
    const a$ = candidate('a');
    const a = a$.subscribe();
    time.advance(seconds(1));
    server.delete(leases, key);
    time.advance(seconds(20));
    expect(a$.value.isLeading).toBe(true);
    expect(lease()?.spec?.holderIdentity).toBe('a');
    a.unsubscribe();
  });

  it('stops by whichever clock says more', () => {
    const { time, candidate } = candidates();
    let jump = 0;
    const now = (): Moment => ({ wall: time.now + jump, monotonic: time.now });
    const a$ = candidate('a', { now });
    const a = a$.subscribe();
    time.advance(seconds(1));
    jump = seconds(60); // asleep
    expect(a$.value.timeLeft()).toBe(0);
    time.advance(seconds(1));
    expect(a$.value.isLeading).toBe(false);
    a.unsubscribe();
  });

  it('gives the Lease to whom the control plane prefers', () => {
    const { time, candidate, server, lease } = candidates();
    const a$ = candidate('a');
    const a = a$.subscribe();
    time.advance(seconds(1));
    server.apply(leases, { ...lease()!, spec: { ...lease()!.spec, preferredHolder: 'b' } });
    time.advance(seconds(2.1));
    expect(a$.value.isLeading).toBe(false);
    expect(lease()?.spec?.holderIdentity).toBe('');
    a.unsubscribe();
  });

  it('does not compete again, nor release, while work of its term goes on', () => {
    const { time, candidate, lease } = candidates();
    const a$ = candidate('a');
    const a = a$.subscribe();
    time.advance(0);
    const work = a$.value.hold();
    a.unsubscribe();
    expect(a$.value.isLeading).toBe(false);
    time.advance(seconds(6));
    expect(lease()?.spec?.holderIdentity).toBe('a');
    work.unsubscribe();
    time.advance(0);
    expect(lease()?.spec?.holderIdentity).toBe('');
  });

  it('never has two leaders, among three that come, go, sleep and lose the server', () => {
    let terms = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const { time, server, candidate } = candidates(seed);
      let draw = seed;
      const random = (): number => (draw = (draw * 16_807) % 2_147_483_647) / 2_147_483_647;
      const jumps = [0, 0, 0];
      const away = [-1, -1, -1];
      const all = ['a', 'b', 'c'].map((identity, index) =>
        candidate(identity, { now: () => ({ wall: time.now + jumps[index]!, monotonic: time.now }) }),
      );
      const subscriptions = all.map((each) => each.subscribe());
      let last = -1;
      for (let step = 0; step < 400; step++) {
        time.advance(250 + random() * 1000);
        const leading = all.flatMap((each, index) => (each.value.timeLeft() > 0 ? [index] : []));
        expect(leading.length, `seed ${seed}, step ${step}`).toBeLessThanOrEqual(1);
        if (leading[0] !== undefined && leading[0] !== last) [terms, last] = [terms + 1, leading[0]];
        const index = Math.floor(random() * 3);
        const what = random();
        if (what < 0.05) server.failNext({ code: 'hang', times: 12, resource: leases });
        else if (what < 0.1) server.failNext({ code: 'reset', times: 8, resource: leases });
        else if (what < 0.12) jumps[index]! += seconds(30);
        else if (what < 0.14) jumps[index]! -= seconds(30);
        else if (what < 0.3) server.clearFailures();
        else if (what < 0.4) {
          subscriptions[index]!.unsubscribe();
          away[index] = step + 20;
        }
        for (const [each, until] of away.entries()) {
          if (until === step) subscriptions[each] = all[each]!.subscribe();
        }
      }
      for (const each of subscriptions) each.unsubscribe();
    }
    expect(terms).toBeGreaterThan(100);
  });
});
