import {
  type CacheEvent,
  filterChanged,
  type InformerEvent,
  KubeError,
  labelSelectorOf,
  type ObjectMeta,
  recipe,
  SelectorError,
  sharedInformer,
  store as makeStore,
} from 'kuberx';
import { interner, mutationOverlay } from 'kuberx/store';
import { listWatch, resourceClient } from 'kuberx/rest';
import { apiServer, type Interceptor } from 'kuberx/testing/apiserver';
import { firstValueFrom } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from './eventually.ts';

/** What a kube-apiserver takes (`sigs.k8s.io/json`, maxNestingDepth); the stack of a process ends before. */
const levels = 10_000;

interface Widget {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta & { readonly uid: string; readonly resourceVersion: string };
  readonly spec: unknown;
  readonly status?: string;
}

const resource = 'example.io/v1/widgets';
const nested = (leaf: string): string => `${'{"a":['.repeat(levels / 2)}"${leaf}"${']}'.repeat(levels / 2)}`;
const text = (name: string, version: number, leaf = 'x'): string =>
  `{"apiVersion":"example.io/v1","kind":"Widget","metadata":{"name":"${name}","namespace":"a","uid":"${name}",` +
  `"resourceVersion":"${version}","generation":1,"labels":{"version":"${version}"},` +
  `"ownerReferences":[{"kind":"Owner","name":"o","uid":"o","controller":true}]},"spec":${nested(leaf)}}`;
const widget = (name: string, version: number, leaf?: string): Widget =>
  JSON.parse(text(name, version, leaf)) as Widget;

function leafOf(value: unknown): unknown {
  let part = value;
  while (typeof part === 'object' && part !== null) part = Object.values(part)[0] as unknown;
  return part;
}

function isFrozen(value: unknown): boolean {
  let part = value;
  while (typeof part === 'object' && part !== null) {
    if (!Object.isFrozen(part)) return false;
    part = Object.values(part)[0] as unknown;
  }
  return true;
}

const names = Array.from({ length: 12 }, (_, index) => `w${index}`);
const frame = (type: string, object: string): string => `{"type":"${type}","object":${object}}\n`;
const bookmark = (version: number, annotations: string): string =>
  frame(
    'BOOKMARK',
    `{"kind":"Widget","apiVersion":"example.io/v1","metadata":{"resourceVersion":"${version}"${annotations}}}`,
  );
const marker = ',"annotations":{"k8s.io/initial-events-end":"true"}';
const changes = [
  // Of the first nothing but a label, of the second the innermost value.
  frame('MODIFIED', text('w0', 101)),
  frame('MODIFIED', text('w1', 102, 'y')),
  frame('DELETED', text('w2', 103)),
  frame('ADDED', text('w99', 104)),
].join('');

/** A server whose objects are nested, by pages or in one stream; whose changes come once. */
const nestedServer = (streams: boolean): Interceptor => {
  let isTold = false;
  const reply = (body: string) => ({ code: 200, headers: { 'content-type': 'application/json' }, body });
  const once = (): string => {
    const body = isTold ? '' : changes;
    isTold = true;
    return body;
  };
  return ({ verb, query }) => {
    if (verb === 'list') {
      const items = names.map((name) => text(name, 100)).join();
      const metadata = '"metadata":{"resourceVersion":"100"}';
      return reply(`{"apiVersion":"example.io/v1","kind":"WidgetList",${metadata},"items":[${items}]}`);
    }
    if (verb !== 'watch') return undefined;
    if (query['sendInitialEvents'] === undefined) return isTold ? 'hang' : reply(once());
    if (!streams) return { code: 422, body: { kind: 'Status', status: 'Failure', reason: 'Invalid', code: 422 } };
    const initial = names.map((name) => frame('ADDED', text(name, 100))).join('');
    return reply(initial + bookmark(100, marker) + once());
  };
};

describe('an object of ten thousand levels', () => {
  it.each([
    ['by pages', false],
    ['in a stream', true],
  ])('comes from a list %s and a watch to everyone who asks for it', async (_, streams) => {
    const server = await apiServer({ intercept: nestedServer(streams) });
    onTestFinished(() => server.stop({ how: 'reset' }));
    const failures: unknown[] = [];
    const informer = sharedInformer(listWatch<Widget>({ server: server.url }, resource), {
      transform: recipe<Widget>((draft) => {
        draft.status = 'seen';
      }),
      onTransformError: (error) => failures.push(error),
      indexers: { leaf: (object) => [String(leafOf(object.spec))] },
    });
    const heard: string[] = [];
    const changed: string[] = [];
    const word = ({ type, object }: InformerEvent<Widget>): string => `${type} ${object.metadata.name}`;
    const subscriptions = [
      informer.events$.subscribe((event) => heard.push(word(event))),
      informer.events$
        .pipe(filterChanged(({ spec }) => spec))
        .subscribe({ next: (event) => changed.push(word(event)), error: (error: unknown) => failures.push(error) }),
    ];
    onTestFinished(() => subscriptions.forEach((subscription) => subscription.unsubscribe()));
    await eventually(() => expect(heard).toContain('added w99'));

    const initial = names.map((name) => `added ${name}`);
    expect(heard).toEqual([...initial, 'updated w0', 'updated w1', 'deleted w2', 'added w99']);
    expect(changed).toEqual([...initial, 'updated w1', 'deleted w2', 'added w99']);
    expect(failures).toEqual([]);
    const held = informer.snapshot$.value;
    expect(held.size).toBe(names.length);
    expect(held.list().every(isFrozen)).toBe(true);
    expect(held.byIndex('leaf', 'y').map(({ metadata }) => metadata.name)).toEqual(['w1']);
  });

  it('is kept by a store, whatever it equals', () => {
    const store = makeStore<Widget>({ intern: interner<Widget>() });
    const event = (object: Widget): CacheEvent<Widget> => ({
      type: 'Added',
      object,
      resourceVersion: object.metadata.resourceVersion,
    });
    store.next(event(widget('w0', 1)));
    store.next(event(widget('w0', 2, 'y')));
    store.next(event(widget('w1', 3)));
    store.next(event(widget('w1', 4)));
    store.transaction([{ type: 'Updated', object: widget('w1', 5, 'z') }]);
    store.replace([widget('w0', 6, 'y'), widget('w1', 6)], '6');
    expect(store.snapshot$.value.list().map(({ spec }) => leafOf(spec))).toEqual(['y', 'x']);
    expect(store.snapshot$.value.list().every(isFrozen)).toBe(true);
    const overlay = mutationOverlay(store);
    overlay.written(widget('w1', 7, 'own'));
    expect(leafOf(overlay.snapshot$.value.getByKey('a/w1')?.spec)).toBe('own');
  });

  it('is written, or refused with an error that has a type', async () => {
    const server = await apiServer({ resources: { [resource]: {} } });
    onTestFinished(() => server.stop({ how: 'reset' }));
    const widgets = resourceClient<Widget>({ server: server.url }, resource);
    const failureOf = async (write: () => Promise<unknown>): Promise<unknown> =>
      write().then(
        () => 'none',
        (error: unknown) => error,
      );
    for (const write of [
      () => firstValueFrom(widgets.create(widget('w0', 1))),
      () => firstValueFrom(widgets.update(widget('w0', 1))),
      () => firstValueFrom(widgets.patch({ name: 'w0', namespace: 'a' }, { type: 'merge', body: widget('w0', 1) })),
      async () => Promise.resolve(server.create(resource, widget('w0', 1))),
      async () => Promise.resolve(server.apply(resource, widget('w0', 1))),
    ]) {
      const failure = (await failureOf(write)) as KubeError;
      expect(failure).toBeInstanceOf(KubeError);
      expect([failure.reason, failure.resource]).toEqual(['BadRequest', resource]);
      expect(failure.message).toMatch(/nest|depth/);
    }
    // What comes after goes on.
    const small = { apiVersion: 'example.io/v1', kind: 'Widget', metadata: { name: 'w0', namespace: 'a' }, spec: 1 };
    expect((await firstValueFrom(widgets.create(small))).spec).toBe(1);
  });

  it.each<[string, () => Widget]>([
    [
      'a cycle',
      () => {
        const object = { ...widget('w0', 1), spec: { self: {} } };
        object.spec.self = object;
        return object;
      },
    ],
    ['a BigInt as an object', () => ({ ...widget('w0', 1), spec: Object(1n) as unknown })],
    [
      'what fails to say how it is written',
      () => ({
        ...widget('w0', 1),
        spec: {
          toJSON: () => {
            throw new Error('top secret');
          },
        },
      }),
    ],
  ])('has its like in what cannot be written: %s', async (_, object) => {
    const widgets = resourceClient<Widget>({ server: 'http://127.0.0.1:9' }, resource);
    const failure = await firstValueFrom(widgets.update(object())).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'KubeError', reason: 'BadRequest', resource });
    expect(String(failure)).not.toContain('secret');
  });

  it('is not a selector', () => {
    const terms = { matchLabels: { a: JSON.parse(nested('x')) as string } };
    expect(() => labelSelectorOf(terms)).toThrow(SelectorError);
  });
});
