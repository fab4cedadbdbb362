import { type Observable, ReplaySubject, toArray } from 'rxjs';
import { expect, it, type TestContext } from 'vitest';
import type { KubernetesObject, WatchFrame, WatchOptions } from 'kuberx';
import { resourceClient } from 'kuberx/client-node';
import { answerOf } from './answer-of.ts';
import { until } from './reflection.ts';
import { failure, Scene } from './scene.ts';
import type { Subject } from './server.ts';

const initial = { sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan', allowWatchBookmarks: true } as const;
const later = (version: string) => String(BigInt(version) + 1_000_000n);

/** A frame in brief: its type, and the object it is about. */
function brief(frame: WatchFrame<KubernetesObject>): string {
  switch (frame.type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      return `${frame.type} ${frame.object.metadata.name}`;
    case 'BOOKMARK':
      return frame.initialEventsEnd ? 'MARKER' : 'BOOKMARK';
    case 'OPEN':
    case 'REFUSED':
    case 'ERROR':
      return frame.type;
  }
}

/** Watches, to the end of the test. */
function follow<T>(test: TestContext, watch$: Observable<WatchFrame<T>>): Observable<WatchFrame<T>> {
  const frames$ = new ReplaySubject<WatchFrame<T>>(Infinity);
  const subscription = watch$.subscribe(frames$);
  test.onTestFinished(() => subscription.unsubscribe());
  return frames$;
}

/** What one watch request says, by its version and its options. */
export function watchSpecs(subject: Subject): void {
  const { streamingLists } = subject.capabilities;

  /** The frames of a watch of a second. */
  const watched = (scene: Scene, options: WatchOptions, selectors = {}) =>
    answerOf(
      scene
        .configMaps(selectors)
        .watch({ timeoutSeconds: 1, ...options })
        .pipe(toArray()),
    );

  it('tells what came after version N, in order, a deletion under its own version', async (test) => {
    const scene = await Scene.of(subject, test);
    const { metadata } = await scene.create('a', { data: { k: '1' } });
    const second = await scene.change('a', { data: { k: '2' } });
    await scene.create('b');
    await scene.delete('a');
    const frames = await watched(scene, { resourceVersion: metadata.resourceVersion });
    expect(frames.map(brief)).toEqual(['OPEN', 'MODIFIED a', 'ADDED b', 'DELETED a']);
    const [, modified, added, deleted] = frames;
    expect(modified).toEqual({ type: 'MODIFIED', object: second, resourceVersion: second.metadata.resourceVersion });
    if (added?.type !== 'ADDED' || deleted?.type !== 'DELETED') throw new Error('unreachable');
    expect(BigInt(deleted.resourceVersion!)).toBeGreaterThan(BigInt(added.resourceVersion!));
    expect(deleted.object).toEqual({
      ...second,
      metadata: { ...second.metadata, resourceVersion: deleted.resourceVersion! },
    });
    await scene.agrees();
  });

  it('says nothing of a dry run, whose object has no version where it would be new', async (test) => {
    const scene = await Scene.of(subject, test);
    const { metadata } = await scene.create('a');
    const configMaps = resourceClient(scene.kubeConfig, 'v1/configmaps');
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b', namespace: scene.namespace } };
    const created = await answerOf(configMaps.create(object, { dryRun: true }));
    expect(created.metadata).toMatchObject({ name: 'b', uid: expect.any(String) as unknown });
    expect(created.metadata).not.toHaveProperty('resourceVersion');
    const frames = await watched(scene, { resourceVersion: metadata.resourceVersion });
    expect(frames.map(brief)).toEqual(['OPEN']);
    await scene.agrees();
  });

  it('says nothing of a change that changes nothing', async (test) => {
    const scene = await Scene.of(subject, test);
    const { metadata } = await scene.create('a', { data: { k: '1' } });
    const same = await scene.change('a', { data: { k: '1' } });
    expect(same.metadata.resourceVersion).toBe(metadata.resourceVersion);
    const frames = await watched(scene, { resourceVersion: metadata.resourceVersion });
    expect(frames.map(brief)).toEqual(['OPEN']);
    await scene.agrees();
  });

  it('tells a departure from a selector as a deletion, with what was there before', async (test) => {
    const scene = await Scene.of(subject, test);
    const before = await scene.create('a', { labels: { app: 'x' } });
    const after = await scene.change('a', { labels: { app: 'y' } });
    const { resourceVersion } = before.metadata;
    const frames = await watched(scene, { resourceVersion }, { labelSelector: 'app=x' });
    const version = after.metadata.resourceVersion;
    expect(frames.slice(1)).toEqual([
      {
        type: 'DELETED',
        object: { ...before, metadata: { ...before.metadata, resourceVersion: version } },
        resourceVersion: version,
      },
    ]);
    const entered = await watched(scene, { resourceVersion }, { labelSelector: 'app=y' });
    expect(entered.slice(1)).toEqual([{ type: 'ADDED', object: after, resourceVersion: version }]);
    await scene.agrees();
  });

  it('watches a version of the future in silence', async (test) => {
    const scene = await Scene.of(subject, test);
    const { metadata } = await scene.create('a');
    const frames = await watched(scene, { resourceVersion: later(metadata.resourceVersion) });
    expect(frames.map(brief)).toEqual(['OPEN']);
    await scene.agrees();
  });

  it('answers a version that is none with 500', async (test) => {
    const scene = await Scene.of(subject, test);
    const { status } = await failure(watched(scene, { resourceVersion: 'abc' }));
    const message = 'resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax';
    expect(status).toEqual({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code: 500 });
    await scene.agrees();
  });

  it('sends the state first where no version is given, or 0, and its end where it knows streaming lists', async (test) => {
    const scene = await Scene.of(subject, test);
    await scene.create('b');
    await scene.create('a');
    for (const options of [{}, { resourceVersion: '0' }]) {
      const frames = await watched(scene, { allowWatchBookmarks: true, ...options });
      const said = frames.map(brief).filter((each) => each !== 'BOOKMARK');
      expect(said).toEqual(['OPEN', 'ADDED a', 'ADDED b', ...(streamingLists ? ['MARKER'] : [])]);
    }
    await scene.agrees();
  });

  it.runIf(streamingLists)('streams a list in the order of keys, its end, and what follows', async (test) => {
    const scene = await Scene.of(subject, test);
    await scene.create('b');
    const a = await scene.create('a');
    const frames$ = follow(test, scene.configMaps().watch({ ...initial, timeoutSeconds: 60 }));
    const marker = await until(frames$, (frame) => frame.type === 'BOOKMARK');
    if (marker.type !== 'BOOKMARK') throw new Error('unreachable');
    expect(BigInt(marker.resourceVersion!)).toBeGreaterThanOrEqual(BigInt(a.metadata.resourceVersion));
    await scene.create('c');
    const said: string[] = [];
    await until(frames$, (frame) => {
      said.push(brief(frame));
      return brief(frame) === 'ADDED c';
    });
    expect(said.filter((each) => each !== 'BOOKMARK')).toEqual(['OPEN', 'ADDED a', 'ADDED b', 'MARKER', 'ADDED c']);
    await scene.agrees();
  });

  it.runIf(streamingLists)('streams a list of at least a version, and refuses one of the future', async (test) => {
    const scene = await Scene.of(subject, test);
    const old = await scene.create('a');
    await scene.create('b');
    const { resourceVersion } = old.metadata;
    const [known, future] = await Promise.all([
      watched(scene, { ...initial, resourceVersion }),
      watched(scene, { ...initial, resourceVersion: later(resourceVersion), timeoutSeconds: 10 }),
    ]);
    expect(known.map(brief)).toEqual(expect.arrayContaining(['ADDED a', 'MARKER']));
    const refused = future.at(-1);
    if (refused?.type !== 'ERROR') throw new Error(`no error, but ${future.map(brief).join()}`);
    expect(refused.status).toMatchObject({
      code: 504,
      reason: 'Timeout',
      details: { causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }] },
    });
    await scene.agrees();
  });

  it.runIf(!streamingLists)('refuses a streaming list with 422', async (test) => {
    const scene = await Scene.of(subject, test);
    const { status } = await failure(watched(scene, initial));
    const message = 'sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled';
    expect(status).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: `ListOptions.meta.k8s.io "" is invalid: sendInitialEvents: Forbidden: ${message}`,
      reason: 'Invalid',
      details: {
        group: 'meta.k8s.io',
        kind: 'ListOptions',
        causes: [{ reason: 'FieldValueForbidden', message: `Forbidden: ${message}`, field: 'sendInitialEvents' }],
      },
      code: 422,
    });
    await scene.agrees();
  });

  it('refuses options that do not go together', async (test) => {
    const scene = await Scene.of(subject, test);
    const refused = async (options: WatchOptions) => (await failure(watched(scene, options))).status;
    expect(await refused({ sendInitialEvents: true })).toMatchObject({
      code: 422,
      message: expect.stringContaining(
        'resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      ) as string,
    });
    expect(await refused({ resourceVersion: '5', resourceVersionMatch: 'NotOlderThan' })).toMatchObject({
      code: 422,
      message: expect.stringContaining(
        'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      ) as string,
    });
    await scene.agrees();
  });
}
