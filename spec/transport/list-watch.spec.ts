import { NEVER, of, throwError, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { KubeError, type KubernetesObject, type ListPage, type WatchFrame } from 'kuberx';
import { listWatchOf, type ListWatchFunctions } from '#src/transport/list-watch.ts';
import { firstOf } from './responses.ts';

const page: ListPage<KubernetesObject> = { items: [], resourceVersion: '7' };

describe('listWatchOf', () => {
  it('calls a function for each subscription, with the options', async () => {
    const asked: unknown[] = [];
    const frame: WatchFrame<KubernetesObject> = { type: 'OPEN' };
    const listWatch = listWatchOf<KubernetesObject>({
      resource: 'v1/pods',
      list: (options) => {
        asked.push(options);
        return Promise.resolve(page);
      },
      watch: (options) => {
        asked.push(options);
        return of(frame);
      },
    } satisfies ListWatchFunctions<KubernetesObject>);
    const page$ = listWatch.list({ limit: 5 });
    expect(asked).toEqual([]);
    expect(await firstOf(page$)).toBe(page);
    expect(await firstOf(listWatch.watch({ resourceVersion: '7' }).pipe(toArray()))).toEqual([frame]);
    expect(asked).toEqual([{ limit: 5 }, { resourceVersion: '7' }]);
    expect(listWatch.resource).toBe('v1/pods');
  });

  const failing = (error: Error) =>
    listWatchOf({
      resource: 'v1/pods',
      list: () => throwError(() => error),
      watch: () => NEVER,
    } satisfies ListWatchFunctions<KubernetesObject>);

  it('keeps the Status of another client’s error, and none of its text', async () => {
    const body = JSON.stringify({ kind: 'Status', message: 'pods is forbidden', reason: 'Forbidden', code: 403 });
    const foreign = Object.assign(new Error(`Headers: authorization: hunter2`), { code: 403, body });
    await expect(firstOf(failing(foreign).list({}))).rejects.toMatchObject({
      name: 'KubeError',
      reason: 'Forbidden',
      message: 'v1/pods: pods is forbidden',
    });
    const bare = Object.assign(new Error('hunter2'), { statusCode: 410 });
    await expect(firstOf(failing(bare).list({}))).rejects.toMatchObject({ reason: 'Expired', code: 410 });
  });

  it('makes a KubeError of what is thrown', async () => {
    const listWatch = listWatchOf({
      list: () => {
        throw new RangeError('hunter2');
      },
      watch: () => NEVER,
    } satisfies ListWatchFunctions<KubernetesObject>);
    await expect(firstOf(listWatch.list({}))).rejects.toMatchObject({
      reason: 'Unknown',
      message: 'objects: the request failed with RangeError',
    });
    const own = new KubeError({ reason: 'Idle', resource: 'r', message: 'm' });
    await expect(firstOf(failing(own).list({}))).rejects.toBe(own);
  });

  const answering = (list: unknown, frame: unknown) =>
    listWatchOf({
      list: () => of(list as typeof page),
      watch: () => of(frame as WatchFrame<KubernetesObject>),
    } satisfies ListWatchFunctions<KubernetesObject>);
  const nameless = { apiVersion: 'v1', kind: 'Pod', metadata: {} };
  const pod = { ...nameless, metadata: { name: 'a' } };

  it('takes null items for none', async () => {
    expect(await firstOf(answering({ items: null, resourceVersion: '7' }, undefined).list({}))).toEqual(page);
  });

  it.each([
    [null, 'a list came that is not an object'],
    [{ resourceVersion: '7' }, 'a list came without items'],
  ])('refuses a page that no cache can hold: %j', async (given, message) => {
    await expect(firstOf(answering(given, undefined).list({}))).rejects.toMatchObject({
      reason: 'Malformed',
      message: `objects: ${message}`,
    });
  });

  it.each([
    [null, 'a frame of the watch is not an object'],
    [{ type: 'PATCHED', object: pod, resourceVersion: '7' }, 'a frame has a type that no watch has'],
    [{ type: 'ERROR' }, 'an ERROR frame has no status'],
  ])('refuses a frame that would lose something: %j', async (given, message) => {
    await expect(firstOf(answering(page, given).watch({}))).rejects.toMatchObject({
      reason: 'Malformed',
      message: `objects: ${message}`,
    });
  });

  it('leaves out of a page what has no name, and says so', async () => {
    const given = { items: [pod, null, nameless, {}], resourceVersion: '7' };
    const { items, refused } = await firstOf(answering(given, undefined).list({}));
    expect(items).toEqual([pod]);
    expect(refused).toMatchObject({
      count: 3,
      error: {
        reason: 'Malformed',
        message: 'objects: item 2 of the list is not an object, and is left out, as are 2 others',
      },
    });
  });

  it('hands on what was left out already', async () => {
    const error = new KubeError({ reason: 'Malformed', resource: 'r', message: 'm' });
    const given = { items: [pod], resourceVersion: '7', refused: { error, count: 2 } };
    expect(await firstOf(answering(given, undefined).list({}))).toBe(given);
    const more = await firstOf(answering({ ...given, items: [nameless] }, undefined).list({}));
    expect(more.refused).toEqual({ error, count: 3 });
    const frame = { type: 'REFUSED', error, resourceVersion: '8' };
    expect(await firstOf(answering(page, frame).watch({}))).toEqual(frame);
    const foreign = { type: 'REFUSED', error: new Error('hunter2') };
    expect(await firstOf(answering(page, foreign).watch({}))).toEqual({
      type: 'REFUSED',
      error: expect.objectContaining({ reason: 'Malformed' }) as unknown,
    });
  });

  it.each([
    [{ type: 'ADDED', object: nameless, resourceVersion: '7' }, { resourceVersion: '7' }],
    [{ type: 'DELETED', resourceVersion: '7' }, { resourceVersion: '7' }],
    [{ type: 'MODIFIED', object: { metadata: { resourceVersion: '8' } } }, { resourceVersion: '8' }],
    [{ type: 'MODIFIED', object: nameless, resourceVersion: 5 }, {}],
  ])('leaves out of a watch what has no name, and says so: %j', async (given, version) => {
    expect(await firstOf(answering(page, given).watch({}))).toEqual({
      type: 'REFUSED',
      error: expect.objectContaining({ reason: 'Malformed', resource: 'objects' }) as unknown,
      ...version,
    });
  });

  it.each([
    [
      { type: 'MODIFIED', object: pod },
      { type: 'MODIFIED', object: pod },
    ],
    [
      { type: 'MODIFIED', object: pod, resourceVersion: '' },
      { type: 'MODIFIED', object: pod },
    ],
    [
      { type: 'DELETED', object: { metadata: { name: 'a', resourceVersion: '8' } } },
      { type: 'DELETED', object: { metadata: { name: 'a', resourceVersion: '8' } }, resourceVersion: '8' },
    ],
    [
      { type: 'ADDED', object: { metadata: { name: 'a', namespace: null, uid: null } }, resourceVersion: '7' },
      { type: 'ADDED', object: { metadata: { name: 'a' } }, resourceVersion: '7' },
    ],
    [
      { type: 'BOOKMARK', resourceVersion: '', initialEventsEnd: true },
      { type: 'BOOKMARK', initialEventsEnd: true },
    ],
    [
      { type: 'BOOKMARK', resourceVersion: null, initialEventsEnd: false },
      { type: 'BOOKMARK', initialEventsEnd: false },
    ],
  ])('takes a frame that lacks what no cache needs: %j', async (given, taken) => {
    expect(await firstOf(answering(page, given).watch({}))).toStrictEqual(taken);
  });
});
