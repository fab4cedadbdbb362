import { describe, expect, it } from 'vitest';
import { minutes, seconds } from 'kuberx';
import { counts, virtualPage } from './virtual-page.ts';

const namespaces = (count: number): string[] => Array.from({ length: count }, (_, index) => `team-${index}`);

describe('a hidden page', () => {
  it('gives its watches back after 30 s, and takes them up by version when it is shown', () => {
    let before = 0;
    const { server, states } = virtualPage(minutes(16), ({ informer, at, signal, server, statuses, connection }) => {
      for (const namespace of namespaces(5)) informer('v1/pods', namespace);
      at(minutes(1), () => signal('hidden'));
      at(seconds(85), () => expect(server.openStreams).toBe(5));
      at(seconds(91), () => {
        before = server.requests.length;
        expect(server.openStreams).toBe(0);
        expect(statuses().map(({ held, stale }) => [held, stale])).toEqual(Array(5).fill(['hidden', true]));
        expect(connection().state).toBe('stale');
      });
      at(minutes(15), () => {
        expect(server.requests).toHaveLength(before);
        signal('shown');
      });
      at(minutes(15) + seconds(2), () => expect(connection()).toMatchObject({ state: 'live', streams: { open: 5 } }));
    });
    expect(counts(server, before)).toEqual({ watch: 5 });
    expect(states.slice(-3).map((state) => state.replace(/^\d+ /, ''))).toEqual(['stale', 'catching up', 'live']);
  });

  it('keeps them where it is shown before, and gives back at once what is put aside whole', () => {
    virtualPage(minutes(5), ({ informer, at, signal, server }) => {
      informer('v1/pods', 'default');
      at(minutes(1), () => signal('hidden'));
      at(minutes(1) + seconds(20), () => signal('shown'));
      at(minutes(2), () => {
        expect(server.openStreams).toBe(1);
        signal('frozen');
        expect(server.openStreams).toBe(0);
      });
      at(minutes(3), () => signal('thawed'));
      at(minutes(4), () => expect(server.openStreams).toBe(1));
    });
  });

  it('opens nothing for what is asked for meanwhile', () => {
    virtualPage(minutes(5), ({ informer, at, signal, server, statuses }) => {
      signal('hidden');
      informer('v1/pods', 'default');
      at(seconds(29), () => expect(server.openStreams).toBe(1));
      at(minutes(1), () => informer('v1/configmaps', 'default'));
      at(minutes(2), () => {
        expect(server.openStreams).toBe(0);
        expect(statuses()[1]).toMatchObject({ phase: 'waiting', held: 'hidden', synced: false });
      });
    });
  });
});

describe('a machine that sleeps', () => {
  it('is found within 2 s of the wake: stale since it fell asleep, resumed by version', () => {
    let before = 0;
    const { server, page, states } = virtualPage(
      minutes(5),
      ({ informer, at, sleep, server, page, statuses, connection }) => {
        for (const namespace of namespaces(40)) informer('v1/pods', namespace);
        at(minutes(2), () => {
          before = server.requests.length;
          sleep(minutes(180));
        });
        at(minutes(2) + 300, () => {
          expect(statuses().every(({ stale, held }) => stale && held === 'asleep')).toBe(true);
          expect(page.connection$.value.state).toBe('stale');
        });
        let staleSince = 0;
        page.connection$.subscribe(({ state, since }) => {
          if (state === 'stale') staleSince = since;
        });
        at(minutes(2) + seconds(10), () => {
          expect(staleSince).toBeLessThanOrEqual(minutes(2));
          expect(staleSince).toBeGreaterThan(minutes(2) - seconds(2));
          expect(connection()).toMatchObject({ state: 'live', streams: { open: 40 } });
        });
      },
    );
    expect(counts(server, before)).toEqual({ watch: 40 });
    expect(states.slice(-3).map((state) => state.replace(/^\d+ /, ''))).toEqual(['stale', 'catching up', 'live']);
    expect(page.connection$.value.denied).toEqual([]);
  });

  it('gets a difference where the server has dropped the version meanwhile', () => {
    const sizes: number[] = [];
    virtualPage(minutes(5), ({ informer, at, sleep, server }) => {
      const pod = (name: string) => ({ metadata: { namespace: 'default', name } });
      for (let index = 0; index < 20; index += 1) server.create('v1/pods', pod(`pod-${index}`));
      const pods = informer('v1/pods', 'default');
      const watched = pods.snapshot$.subscribe(({ synced, size }) => synced && sizes.push(size));
      at(minutes(4), () => watched.unsubscribe());
      at(minutes(1), () => {
        // What the server does in the time that the page is away is seen by nobody.
        server.endStreams();
        sleep(minutes(3));
        server.delete('v1/pods', 'default/pod-3');
        server.create('v1/pods', pod('late'));
        server.create('v1/pods', pod('later'));
        server.compact();
      });
      at(minutes(2), () => expect(pods.snapshot$.value.size).toBe(21));
    });
    expect(Math.min(...sizes)).toBe(20);
  });
});

describe('a page with one watch', () => {
  it('is never live between a sleep and the answer to the watch that follows', () => {
    const { states } = virtualPage(minutes(2), ({ informer, at, sleep }) => {
      informer('v1/pods', 'default');
      at(minutes(1), () => sleep(minutes(3)));
    });
    expect(states.slice(-3).map((state) => state.replace(/^\d+ /, ''))).toEqual(['stale', 'catching up', 'live']);
  });
});

describe('the network', () => {
  it('goes and comes: nothing is asked while it is gone, and what was open is not trusted', () => {
    let before = 0;
    const { server, states } = virtualPage(minutes(10), ({ informer, at, signal, server, statuses }) => {
      for (const namespace of namespaces(3)) informer('v1/pods', namespace);
      at(minutes(1), () => {
        before = server.requests.length;
        signal('offline');
        expect(statuses().every(({ stale, held }) => stale && held === 'offline')).toBe(true);
      });
      at(minutes(5), () => {
        expect(server.requests).toHaveLength(before);
        signal('online');
      });
      at(minutes(6), () => signal('online'));
    });
    expect(counts(server, before)).toEqual({ watch: 6 });
    expect(states.join()).toContain(`${minutes(1)} offline,${minutes(5)} catching up`);
  });

  it('does not matter to a server on this machine', () => {
    virtualPage(
      minutes(2),
      ({ informer, at, signal, server, connection }) => {
        informer('v1/pods', 'default');
        at(minutes(1), () => {
          signal('offline');
          expect(server.openStreams).toBe(1);
          expect(connection().state).toBe('live');
        });
      },
      { parts: { ignoresNetwork: true } },
    );
  });
});
