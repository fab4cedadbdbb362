import { config, of, take, takeWhile, toArray } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type CacheEvent, type Interrupted, type KubernetesObject, reflector } from 'kuberx';
import { type HttpClient, httpListerWatcher } from 'kuberx/http';
import { chunk, firstOf, head, response } from './responses.ts';

const configMap = (name: string) => ({
  kind: 'ConfigMap',
  apiVersion: 'v1',
  metadata: { name, namespace: 'default', uid: name, resourceVersion: '7' },
});
const line = (type: string, object: unknown): string => `${JSON.stringify({ type, object })}\n`;
const listerWatcher = (http: HttpClient) =>
  httpListerWatcher<KubernetesObject>({ http, resource: 'v1/configmaps', path: '/configmaps', apiVersion: 'v1' });

/** Defects that were seen in other clients: each has its name here, and none may come back. */
describe('the transport has not', () => {
  afterEach(() => {
    config.onUnhandledError = null;
  });

  it.each([
    ['whole frames', [line('ADDED', configMap('a')) + line('ADDED', configMap('b'))]],
    ['a last frame without its end', [line('ADDED', configMap('a')), line('ADDED', configMap('b')).trim()]],
  ])('an exception of a subscriber that is swallowed, or taken for a failure of the server: %s', async (_, chunks) => {
    const reported = new Promise((resolve) => {
      const errors: unknown[] = [];
      config.onUnhandledError = (error) => {
        if (errors.push(error) === 2) resolve(errors);
      };
    });
    const ends: unknown[] = [];
    listerWatcher(() => of(head(200), ...chunks.map(chunk)))
      .watch({})
      .subscribe({
        next: (frame) => {
          if (frame.type === 'ADDED') throw new Error(`broken at ${frame.object.metadata.name}`);
        },
        error: (error: unknown) => ends.push(error),
        complete: () => ends.push('complete'),
      });
    await expect(reported).resolves.toEqual([new Error('broken at a'), new Error('broken at b')]);
    expect(ends).toEqual(['complete']);
  });

  it.each([
    ['in seconds', { 'retry-after': '7' }, ''],
    ['as a date', { 'retry-after': 'Sun, 06 Nov 1994 08:49:44 GMT', date: 'Sun, 06 Nov 1994 08:49:37 GMT' }, ''],
    ['in the Status', {}, JSON.stringify({ kind: 'Status', code: 429, details: { retryAfterSeconds: 7 } })],
  ])('a Retry-After that is ignored: %s', (_, headers, body) => {
    new TestScheduler(() => undefined).run(({ flush }) => {
      const said: Interrupted[] = [];
      reflector(
        listerWatcher(() => response(429, body, headers)),
        { random: () => 0 },
      )
        .pipe(take(2))
        .subscribe((event) => event.type === 'Interrupted' && said.push(event));
      flush();
      expect(said).toEqual([expect.objectContaining({ phase: 'streaming', retryIn: 7000 })]);
    });
  });

  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    message: 'configmaps is forbidden: User "alice" cannot list resource "configmaps"',
    reason: 'Forbidden',
    details: { kind: 'configmaps', causes: [{ reason: 'X', message: 'because' }] },
    code: 403,
  };

  it.each([
    ['a list', () => listerWatcher(() => response(403, JSON.stringify(status))).list({})],
    ['a watch', () => listerWatcher(() => response(403, JSON.stringify(status))).watch({})],
  ])('a Status body that is lost: of %s', async (_, request) => {
    await expect(firstOf<unknown>(request())).rejects.toMatchObject({
      reason: 'Forbidden',
      code: 403,
      message: `v1/configmaps: ${status.message}`,
      status: { details: status.details },
    });
  });

  it('a Status body that is lost: of an ERROR frame', async () => {
    const watch$ = listerWatcher(() => of(head(200), chunk(line('ERROR', status)))).watch({});
    const [, frame] = await firstOf(watch$.pipe(toArray()));
    expect(frame).toMatchObject({ type: 'ERROR', status: { message: status.message, details: status.details } });
  });

  it('a cache that never syncs for want of what it does not need', () => {
    new TestScheduler(() => undefined).run(({ flush }) => {
      const bare = { apiVersion: 'v1beta1', kind: 'ConfigMap', metadata: { name: 'a', namespace: null, uid: null } };
      const list = { apiVersion: 'v2', kind: 'ConfigMapList', metadata: { resourceVersion: '7' }, items: [bare, {}] };
      const frames = line('BOOKMARK', { metadata: {} }) + line('MODIFIED', { spec: {} }) + line('DELETED', bare);
      const said: CacheEvent<KubernetesObject>[] = [];
      reflector(
        listerWatcher(({ path }) => response(200, path.includes('watch') ? frames : JSON.stringify(list))),
        { random: () => 0, streaming: false },
      )
        .pipe(takeWhile(({ type }) => type !== 'Deleted', true))
        .subscribe((event) => (event.type === 'Refused' || 'resourceVersion' in event) && said.push(event));
      flush();
      const object = { apiVersion: 'v1beta1', kind: 'ConfigMap', metadata: { name: 'a' } };
      expect(said).toEqual([
        expect.objectContaining({ type: 'Refused', count: 1 }),
        { type: 'Replaced', objects: [object], resourceVersion: '7' },
        expect.objectContaining({ type: 'Refused', count: 1 }),
        { type: 'Deleted', object, resourceVersion: '7' },
      ]);
    });
  });
});
