import { describe, expect, it } from 'vitest';
import { minutes, seconds } from 'kuberx';
import { virtualPage } from './virtual-page.ts';

const namespaces = (count: number): string[] => Array.from({ length: count }, (_, index) => `team-${index}`);

describe('a page with more watches than places', () => {
  it('opens as many as it may, tells the others to wait for their turn, and lets them in as places become free', () => {
    let phases: (string | undefined)[] = [];
    let atTheEnd: (string | undefined)[] = [];
    const { states } = virtualPage(
      minutes(1),
      ({ informer, at, statuses, server, connection }) => {
        for (const namespace of namespaces(10)) informer('v1/pods', namespace);
        at(seconds(20), () => {
          phases = statuses().map(({ phase, held }) => held ?? phase);
          expect(connection()).toMatchObject({ state: 'stale', streams: { open: 4, allowed: 4, waiting: 6 } });
          expect(server.openStreams).toBe(4);
        });
        at(seconds(30), () => server.endStreams());
        at(seconds(50), () => (atTheEnd = statuses().map(({ synced, phase }) => (synced ? 'synced' : phase))));
      },
      { parts: { isMultiplexed: () => false } },
    );
    expect(phases.filter((phase) => phase === 'watching')).toHaveLength(4);
    expect(phases.filter((phase) => phase === 'turn')).toHaveLength(6);
    expect(atTheEnd.filter((each) => each === 'synced').length).toBeGreaterThan(4);
    expect(states[0]).toBe('0 live');
  });

  it('shares the places of one origin among its connections', () => {
    virtualPage(
      minutes(1),
      ({ informer, at, server, scheduler }) => {
        for (const namespace of namespaces(3)) informer('v1/pods', namespace);
        at(seconds(5), () => expect(server.openStreams).toBe(3));
        expect(scheduler).toBeDefined();
      },
      { parts: { isMultiplexed: () => false } },
    );
  });
});

describe('a server with trouble', () => {
  it('is asked by all of a page 10 times, and then 30 times a minute', () => {
    let before = 0;
    let during = 0;
    virtualPage(minutes(15), ({ informer, at, server, connection }) => {
      let isDown = false;
      server.intercept(() => (isDown ? { code: 503 } : undefined));
      for (const namespace of namespaces(120)) informer('v1/pods', namespace);
      at(minutes(1), () => {
        isDown = true;
        before = server.requests.length;
        server.endStreams();
      });
      at(minutes(2), () => expect(connection().state).toBe('stale'));
      at(minutes(6), () => {
        during = server.requests.length - before;
        isDown = false;
      });
      at(minutes(14), () => expect(connection().streams).toEqual({ open: 80, allowed: 80, waiting: 40 }));
    });
    // Each of them finds it out for itself, once.
    expect(during).toBeLessThanOrEqual(120 + 10 + 5 * 30);
  });
});

describe('a page without anybody', () => {
  it('has no timer, and lets go of all places', () => {
    const { server, scheduler, page } = virtualPage(minutes(1), ({ informer }) => {
      for (const namespace of namespaces(5)) informer('v1/pods', namespace);
    });
    expect(server.openStreams).toBe(0);
    expect(page.connection$.value.streams).toMatchObject({ open: 0, waiting: 0 });
    expect(scheduler.actions.length).toBe(0);
  });
});
