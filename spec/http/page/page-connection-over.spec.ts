import { describe, expect, it } from 'vitest';
import { minutes, seconds } from 'kuberx';
import { counts, virtualPage } from './virtual-page.ts';

const namespaces = (count: number): string[] => Array.from({ length: count }, (_, index) => `team-${index}`);
const denied = (what: string) => ({
  code: 403,
  body: { kind: 'Status', status: 'Failure', message: `${what} is forbidden`, reason: 'Forbidden', code: 403 },
});

describe('a token that expires with 40 watches open', () => {
  it('costs at most 5 requests in the next 10 minutes, and all resume without a list after the sign-in', () => {
    let before = 0;
    let during = 0;
    let signedOutAfter = 0;
    const { states, server } = virtualPage(
      minutes(14),
      ({ informer, at, server, page, connection, statuses }) => {
        let token = 'valid';
        server.intercept(() =>
          token === 'valid' ? undefined : { code: 401, body: { kind: 'Status', reason: 'Unauthorized', code: 401 } },
        );
        for (const namespace of namespaces(40)) informer('v1/pods', namespace);
        at(minutes(2), () => {
          expect(connection()).toMatchObject({ state: 'live', streams: { open: 40, waiting: 0 } });
          token = 'expired';
          before = server.requests.length;
          // A proxy that ends all that it has when the session is over is the worst case.
          server.endStreams();
        });
        page.connection$.subscribe(({ state, since }) => {
          if (state === 'signed out') signedOutAfter = since - minutes(2);
        });
        at(minutes(12), () => {
          during = server.requests.length - before;
          expect(statuses().every(({ synced, stale, phase }) => synced && stale && phase === 'waiting')).toBe(true);
          expect(statuses().filter(({ held }) => held === 'signed out').length).toBe(40);
          token = 'valid';
          page.signedIn();
        });
        at(minutes(13), () => expect(connection()).toMatchObject({ state: 'live', streams: { open: 40 } }));
      },
      { latency: 150 },
    );
    expect(during).toBeGreaterThan(0);
    expect(during).toBeLessThanOrEqual(5);
    expect(signedOutAfter).toBeLessThan(seconds(5));
    expect(counts(server, before + during)).toEqual({ watch: 40 });
    expect(states.map((state) => state.replace(/^\d+ /, '')).slice(-3)).toEqual(['signed out', 'catching up', 'live']);
  });

  it('asks once after a sign-in that the server does not agree with', () => {
    let before = 0;
    const { server } = virtualPage(minutes(10), ({ informer, at, server, page, connection }) => {
      let isExpired = false;
      server.intercept(() => (isExpired ? { code: 401 } : undefined));
      for (const namespace of namespaces(20)) informer('v1/pods', namespace);
      at(minutes(1), () => {
        isExpired = true;
        server.endStreams();
      });
      at(minutes(5), () => {
        before = server.requests.length;
        page.retryNow();
        page.signedIn();
      });
      at(minutes(9), () => expect(connection().state).toBe('signed out'));
    });
    expect(server.requests.length - before).toBe(1);
  });

  it('is seen by a write as well, which is sent all the same', () => {
    virtualPage(minutes(1), ({ at, server, page, connection, informer }) => {
      server.intercept(({ method }) => (method === 'GET' ? undefined : { code: 401 }));
      informer('v1/pods', 'default');
      const write = {
        resource: 'v1/pods',
        method: 'DELETE',
        path: '/api/v1/namespaces/a/pods/b',
        headers: {},
      } as const;
      at(seconds(10), () => page(write).subscribe());
      at(seconds(20), () => {
        expect(connection().state).toBe('signed out');
        page(write).subscribe();
      });
      at(seconds(30), () => expect(server.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(2));
    });
  });
});

describe('a namespace that is denied', () => {
  it('waits for minutes, is named, and comes back alone, while its siblings miss nothing', () => {
    let denials = 0;
    let before = 0;
    const { server, states } = virtualPage(minutes(30), ({ informer, at, server, statuses, connection }) => {
      let isDenied = false;
      server.intercept(({ namespace }) => {
        if (!isDenied || namespace !== 'team-2') return undefined;
        denials += 1;
        return denied('pods');
      });
      const informers = namespaces(5).map((namespace) => informer('v1/pods', namespace));
      at(minutes(1), () => {
        isDenied = true;
        server.endStreams({ resource: 'v1/pods' });
      });
      at(minutes(2), () => {
        before = server.requests.length;
        expect(connection()).toMatchObject({ state: 'live', denied: ['v1/pods in team-2'], streams: { open: 4 } });
        expect(statuses()[2]).toMatchObject({ synced: true, stale: true, phase: 'waiting' });
        expect(statuses()[2]!.lastError?.reason).toBe('Forbidden');
        for (const namespace of namespaces(5)) server.create('v1/pods', { metadata: { namespace, name: 'new' } });
      });
      at(minutes(2) + seconds(1), () => {
        expect(informers.map(({ snapshot$ }) => snapshot$.value.size)).toEqual([1, 1, 0, 1, 1]);
      });
      at(minutes(20), () => (isDenied = false));
      at(minutes(27), () => {
        expect(informers.map(({ snapshot$ }) => snapshot$.value.size)).toEqual([1, 1, 1, 1, 1]);
        expect(connection()).toMatchObject({ state: 'live', denied: [], streams: { open: 5 } });
      });
    });
    expect(denials).toBeLessThanOrEqual(12);
    const lists = server.requests
      .slice(before)
      .filter(({ verb, namespace }) => verb === 'list' && namespace !== 'team-2');
    // Of one object each, before a watch that follows one without a word.
    expect(lists.every(({ query }) => query['limit'] === '1')).toBe(true);
    expect(states.join()).not.toContain('offline');
  });

  it('is asked for at once by retryNow', () => {
    virtualPage(minutes(10), ({ informer, at, server, page, connection }) => {
      let isDenied = true;
      server.intercept(() => (isDenied ? denied('pods') : undefined));
      informer('v1/pods', 'team');
      at(minutes(5), () => {
        expect(connection().denied).toEqual(['v1/pods in team']);
        isDenied = false;
        page.retryNow();
      });
      at(minutes(5) + seconds(2), () => expect(connection()).toMatchObject({ state: 'live', denied: [] }));
    });
  });
});
