import { BehaviorSubject } from 'rxjs';
import { describe, expect, expectTypeOf, it, vi } from 'vitest';
import { seconds } from 'kuberx';
import type { ConnectionOfPage, StateSince } from 'kuberx/react';
import type { PageConnection } from '#src/http/page/connection.ts';
import { pageOf } from '#src/react/kube-page.ts';
import { shownConnection } from '#src/react/shown-connection.ts';
import { World, worlds } from './a-world.ts';

const aWorld = worlds(() => new World());

describe('shownConnection', () => {
  it('follows what is held: catching up, live, stale with the next request, live, and nothing', async () => {
    const world = aWorld();
    const page = pageOf(world.factory);
    const connection$ = shownConnection(page, undefined);
    const states: string[] = [];
    const release = connection$.onChange(() => states.push(connection$.value.state));
    const held = page.source('v1/pods', {}).hold();
    await world.pass(100);
    await world.server.stop();
    await world.pass(seconds(2));
    expect(connection$.value).toMatchObject({ state: 'stale', denied: [] });
    expect(connection$.value.retryAt).toBeGreaterThan(0);
    await world.server.start();
    await world.pass(seconds(60));
    held.unsubscribe();
    await world.pass(seconds(2));
    expect(states.filter((state, index) => state !== states[index - 1])).toEqual([
      'catching up',
      'live',
      'stale',
      'live',
    ]);
    release();
  });

  it('names what is denied, which does not make the page stale', async () => {
    const world = aWorld();
    world.server.intercept(({ namespace }) => (namespace === 'shop' ? { code: 403 } : undefined));
    const page = pageOf(world.factory);
    const connection$ = shownConnection(page, undefined);
    const held = page.source('v1/pods', { namespaces: ['default', 'shop'] }).hold();
    await world.pass(500);
    expect(connection$.value).toMatchObject({ state: 'live', denied: ['v1/pods in shop'] });
    held.unsubscribe();
  });

  it('takes the connection of a page of kuberx/http', () => {
    expectTypeOf<PageConnection>().toExtend<ConnectionOfPage>();
  });

  it('takes what the connection of the page knows better, and hands its wishes on', () => {
    const { factory } = aWorld();
    const streams = { open: 0, allowed: 80, waiting: 3 };
    const own$ = new BehaviorSubject<StateSince & { streams?: typeof streams }>({
      state: 'signed out',
      since: 5,
      streams,
    });
    const own = { connection$: own$, retryNow: vi.fn<() => void>(), signedIn: vi.fn<() => void>() };
    const { value } = shownConnection(pageOf(factory), own);
    expect(value).toMatchObject({ state: 'signed out', since: 5, streams });
    value.retryNow?.();
    value.signedIn?.();
    expect(own.retryNow).toHaveBeenCalledTimes(1);
    expect(own.signedIn).toHaveBeenCalledTimes(1);
    own$.next({ state: 'live', since: 6 });
    expect(shownConnection(pageOf(factory), own).value.state).toBe('live');
  });
});
