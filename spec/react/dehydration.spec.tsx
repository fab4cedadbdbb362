// @vitest-environment jsdom
import { PassThrough } from 'node:stream';
import { act, type ReactNode, Suspense } from 'react';
import { hydrateRoot, type Root } from 'react-dom/client';
import { renderToPipeableStream, renderToString } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { seconds } from 'kuberx';
import { informerFactory } from 'kuberx/http';
import {
  type Dehydrated,
  dehydrate,
  dehydration,
  type DehydrationOptions,
  KubeProvider,
  useConnection,
  useKube,
  useKubeSuspense,
  useObject,
} from 'kuberx/react';
import { pages } from './a-page.tsx';
import { pod, type World } from './a-world.ts';

const aPage = pages();

function Names({ phase = 'Running' }: { readonly phase?: string }) {
  const { rows, ready, status } = useKube('v1/pods', {
    where: (each) => each.status?.phase === phase,
    orderBy: [{ key: ({ metadata }) => metadata.name, desc: true }],
    deps: [phase],
  });
  const names = [...rows].map(({ metadata }) => metadata.name).join(' ');
  return <p title={`${status.stale} ${status.phase}`}>{ready ? names || 'none' : 'loading'}</p>;
}

function Waiting() {
  const { rows } = useKubeSuspense('v1/pods');
  return <p>{rows.length} in all</p>;
}

function Details() {
  const { presence, object } = useObject('v1/pods', 'default/web-0');
  return <p>{`${presence} ${object?.status?.phase ?? ''}`}</p>;
}

function Chip() {
  return <i>{useConnection().state === 'signed out' ? 'signed out' : ''}</i>;
}

function Secrets() {
  const { rows, ready } = useKube('v1/secrets');
  return <p>{ready ? `${rows.length} secrets` : 'loading'}</p>;
}

const app = (
  <main>
    <Names />
    <Suspense fallback="waiting">
      <Waiting />
    </Suspense>
    <Details />
    <Chip />
  </main>
);

/** A page on a server whose informers of these resources are synced. */
async function rendered(world: World, page: ReactNode, resources: readonly string[], options?: DehydrationOptions) {
  const held = resources.map((resource) => world.factory.informer(resource).connect());
  await world.pass(200);
  const shown = dehydration(options);
  const html = renderToString(
    <KubeProvider factory={world.factory} dehydration={shown}>
      {page}
    </KubeProvider>,
  );
  for (const each of held) each.unsubscribe();
  await world.pass(seconds(2));
  return { html, state: JSON.parse(JSON.stringify(dehydrate(shown))) as Dehydrated };
}

let root: Root | undefined;
let client: { shutdown(): void } | undefined;

afterEach(async () => {
  await act(async () => {
    root?.unmount();
    client?.shutdown();
    await Promise.resolve();
  });
  root = undefined;
  client = undefined;
});

/** A browser that takes a page over. Returns what it complained of. */
async function takenOver(world: World, html: string, page: ReactNode, hydrate?: Dehydrated) {
  const container = document.createElement('div');
  container.innerHTML = html;
  const complaints: unknown[] = [];
  const print = vi.spyOn(console, 'error').mockImplementation((text: unknown) => {
    // Of the server's renderer and the browser's, which are in one process only here.
    if (!String(text).includes('multiple renderers')) complaints.push(text);
  });
  const factory = informerFactory(world.server.http, { random: () => 0 });
  await act(async () => {
    root?.unmount();
    client?.shutdown();
    client = factory;
    root = hydrateRoot(
      container,
      <KubeProvider factory={factory} hydrate={hydrate}>
        {page}
      </KubeProvider>,
      { onRecoverableError: (error) => complaints.push(error) },
    );
    await vi.advanceTimersByTimeAsync(0);
  });
  print.mockRestore();
  return { container, complaints };
}

describe('dehydrate', () => {
  it('lets a browser show what the server has, and go on from it without a list and without a mismatch', async () => {
    const world = aPage();
    for (const name of ['web-0', 'web-1']) world.server.create('v1/pods', pod(name));
    world.server.create('v1/pods', pod('db-0', 'Failed'));
    const { html, state } = await rendered(world, app, ['v1/pods']);
    expect(html).toContain('web-1 web-0');
    expect(html).toContain('present Running');
    const lists = world.server.requests.length;
    // What the page was not told.
    world.server.create('v1/pods', pod('web-2'));
    const { container, complaints } = await takenOver(world, html, app, state);
    expect(complaints).toEqual([]);
    expect(container.textContent).toBe('web-1 web-03 in allpresent Running');
    await world.pass(200);
    expect(container.textContent).toBe('web-2 web-1 web-04 in allpresent Running');
    expect(world.server.requests.slice(lists).map(({ verb }) => verb)).toEqual(['watch']);
  });

  it('shows that it loads on both sides what was not synced, or is too much, and says so', async () => {
    const world = aPage();
    for (const name of ['web-0', 'web-1']) world.server.create('v1/pods', pod(name));
    for (const [resources, reason] of [
      [[], 'not synced'],
      [['v1/pods'], 'too many objects'],
    ] as const) {
      const { html, state } = await rendered(world, <Names />, resources, { limit: 1 });
      expect(html).toContain('loading');
      expect(state).toEqual({ kuberx: 1, sources: [], left: [{ resource: 'v1/pods', reason }] });
      const { container, complaints } = await takenOver(world, html, <Names />, state);
      expect(complaints).toEqual([]);
      await world.pass(200);
      expect(container.textContent).toBe('web-1 web-0');
    }
  });

  it('never renders from Secrets, nor takes them along', async () => {
    const world = aPage();
    world.server.create('v1/secrets', {
      metadata: { name: 'token', namespace: 'default' },
      data: { token: 'aGlkZGVu' },
    });
    const { html, state } = await rendered(world, <Secrets />, ['v1/secrets']);
    expect(html).toContain('loading');
    expect(JSON.stringify(state)).not.toContain('aGlkZGVu');
    expect(state.left).toEqual([{ resource: 'v1/secrets', reason: 'secret' }]);
  });

  it('takes along only what this page has shown', async () => {
    const world = aPage();
    world.server.create('v1/pods', pod('web-0'));
    world.server.create('v1/configmaps', { metadata: { name: 'other', namespace: 'default' } });
    const { state } = await rendered(world, <Names />, ['v1/pods', 'v1/configmaps']);
    expect(state.sources.map(({ name }) => name)).toEqual([expect.stringContaining('v1/pods')]);
  });

  it('lists where the state is too old for the server, without showing less meanwhile', async () => {
    const world = aPage();
    world.server.create('v1/pods', pod('web-0'));
    const { html, state } = await rendered(world, <Names />, ['v1/pods']);
    for (const name of ['web-1', 'web-2']) world.server.create('v1/pods', pod(name));
    world.server.compact();
    const { container, complaints } = await takenOver(world, html, <Names />, state);
    expect(container.textContent).toBe('web-0');
    await world.pass(seconds(5));
    expect(container.textContent).toBe('web-2 web-1 web-0');
    expect(complaints).toEqual([]);
  });

  it('streams a page that waits for the first state, and a browser takes it over', async () => {
    const world = aPage();
    world.server.create('v1/pods', pod('web-0'));
    const shown = dehydration();
    const page = (
      <main>
        <Names />
        <Suspense fallback="waiting">
          <Waiting />
        </Suspense>
      </main>
    );
    const out = new PassThrough();
    const parts: string[] = [];
    out.on('data', (part: Buffer) => parts.push(part.toString()));
    const { pipe } = renderToPipeableStream(
      <KubeProvider factory={world.factory} dehydration={shown}>
        {page}
      </KubeProvider>,
      { onAllReady: () => pipe(out) },
    );
    await world.pass(500);
    const html = parts.join('');
    // It did not wait, and a page has one moment.
    expect(html).toContain('loading');
    expect(html).toContain('in all');
    await world.pass(seconds(12));
    expect(world.server.openStreams).toBe(0);
    const state = JSON.parse(JSON.stringify(dehydrate(shown))) as Dehydrated;
    const { container, complaints } = await takenOver(world, html, page, state);
    expect(complaints).toEqual([]);
    await world.pass(200);
    expect(container.textContent).toBe('web-01 in all');
    expect(world.lists).toBe(1);
  });
});

describe('dehydration', () => {
  it.each([0, 2001, 1.5, NaN])('refuses the limit %s', (limit) => {
    expect(() => dehydration({ limit })).toThrow(RangeError);
  });
});
