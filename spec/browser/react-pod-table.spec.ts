import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { preview, type ViteDevServer } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apiServer, type ApiServer } from 'kuberx/testing/apiserver';
import { servePage } from '../../examples/react-pod-table/page.ts';
import { ExampleProcess } from '../examples/example-process.ts';
import { launchBrowser } from './browser.ts';

const resource = 'v1/pods';
const execute = promisify(execFile);

let browser: Browser;
let server: ApiServer;
let vite: ViteDevServer;
let page: Page;
let problems: string[];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  server = await apiServer();
  vite = await servePage(server.url, 'silent');
  page = await browser.newPage();
  problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${message.text()} ${message.location().url}`);
  });
});

afterEach(async () => {
  await page.close();
  await vite.close();
  await server.stop();
  expect(problems).toEqual([]);
});

function pod(name: string, rest: { namespace?: string; app?: string; phase?: string; restarts?: number } = {}): object {
  const { namespace = 'default', app = 'web', phase = 'Running', restarts = 0 } = rest;
  const containerStatuses = [{ name: app, image: `${app}:1`, ready: phase === 'Running', restartCount: restarts }];
  return {
    metadata: { namespace, name, labels: { app } },
    spec: { nodeName: 'worker-1' },
    status: { phase, containerStatuses },
  };
}

const open = (): Promise<unknown> => page.goto(vite.resolvedUrls!.local[0]!);
const status = (): Promise<string> => page.getByRole('status').innerText();
const note = (): Promise<string> => page.locator('.note').innerText();
const names = (): Promise<string[]> => page.locator('[role=cell].name').allInnerTexts();
const details = (): Promise<string> => page.getByRole('complementary').innerText();
const row = (name: string): Promise<string[]> =>
  page.getByRole('row').filter({ hasText: name }).getByRole('cell').allInnerTexts();

describe('react-pod-table', () => {
  it('shows the pods, in order, and follows them', async () => {
    server.create(resource, pod('b'));
    server.create(resource, pod('a', { namespace: 'other' }));
    server.create(resource, pod('a', { phase: 'Pending' }));
    await open();
    await expect.poll(names).toEqual(['a', 'b', 'a']);
    await expect.poll(status).toBe('Connected');
    expect(await row('b')).toEqual([
      'default',
      'b',
      'Running',
      '1/1',
      '0',
      'worker-1',
      expect.stringMatching(/^\d+s$/),
    ]);

    server.apply(resource, pod('b', { phase: 'Failed', restarts: 3 }));
    await expect.poll(() => row('b')).toMatchObject(['default', 'b', 'Failed', '0/1', '3', 'worker-1', /s$/]);
    server.delete(resource, 'default/a');
    await expect.poll(names).toEqual(['b', 'a']);
    server.create(resource, pod('c'));
    await expect.poll(names).toEqual(['b', 'c', 'a']);
  });

  it('says when there is no pod', async () => {
    await open();
    await expect.poll(status).toBe('Connected');
    expect(await note()).toBe('0 pods');
  });

  it('filters by namespace and by labels, and says what it does not understand', async () => {
    for (const namespace of ['left', 'right']) {
      for (const app of ['api', 'web']) server.create(resource, pod(`${namespace}-${app}`, { namespace, app }));
    }
    await open();
    await expect.poll(note).toBe('4 pods');
    await page.getByLabel('Namespace').selectOption('left');
    await expect.poll(names).toEqual(['left-api', 'left-web']);
    expect(await note()).toBe('2 of 4 pods');
    await page.getByLabel('Label selector').fill('app notin (web)');
    await expect.poll(names).toEqual(['left-api']);
    await page.getByLabel('Label selector').fill('app=');
    await page.getByLabel('Label selector').fill('app notin (');
    await expect.poll(note).toContain('unable to parse requirement');
  });

  it('follows the pod that is selected, and says when it is gone', async () => {
    server.create(resource, pod('a'));
    server.create(resource, pod('b'));
    await open();
    await page.getByRole('button', { name: 'b' }).click();
    await expect.poll(details).toContain('restarted 0 times');
    server.apply(resource, pod('b', { restarts: 7 }));
    await expect.poll(details).toContain('restarted 7 times');
    server.delete(resource, 'default/b');
    await expect.poll(details).toContain('gone');
    expect(await details()).toContain('restarted 7 times');
    await page.getByRole('button', { name: 'Close' }).click();
    expect(await page.getByRole('complementary').count()).toBe(0);
  });

  it('keeps what it has while the server is away, says so, and catches up', async () => {
    server.create(resource, pod('a'));
    server.create(resource, pod('b'));
    await open();
    await expect.poll(names).toEqual(['a', 'b']);
    await server.stop({ how: 'reset' });
    await expect.poll(status).toBe('Retrying');
    await expect.poll(() => page.locator('.status').innerText()).toMatch(/Retrying\s+in \d+ s\s+stale\s+v1\/pods: /);
    expect(await names()).toEqual(['a', 'b']);
    server.delete(resource, 'default/a');
    server.apply(resource, pod('b', { restarts: 1 }));
    await server.start();
    await expect.poll(status).toBe('Connected');
    await expect.poll(names).toEqual(['b']);
    expect((await row('b'))[4]).toBe('1');
    // What the browser itself notes of requests that fail.
    problems = problems.filter((problem) => !problem.startsWith('Failed to load resource'));
  });

  it('watches once, mounted twice as it is in StrictMode', async () => {
    server.create(resource, pod('a'));
    await open();
    await expect.poll(status).toBe('Connected');
    await page.getByRole('button', { name: 'a', exact: true }).click();
    await expect.poll(details).toContain('worker-1');
    expect(server.requests.map(({ verb }) => verb)).toEqual(['watch']);
    expect(server.openStreams).toBe(1);
  });

  it('stops the watch when its table is unmounted, and goes on from there when it is back', async () => {
    server.create(resource, pod('a'));
    await open();
    await expect.poll(names).toEqual(['a']);
    await page.getByRole('button', { name: 'Stop watching' }).click();
    await expect.poll(() => server.openStreams).toBe(0);
    await expect.poll(status).toBe('Not watching');
    server.create(resource, pod('b'));
    await page.getByRole('button', { name: 'Watch' }).click();
    await expect.poll(names).toEqual(['a', 'b']);
    expect(server.requests.map(({ verb }) => verb)).toEqual(['watch', 'watch']);
    expect(server.requests[1]?.query).not.toHaveProperty('sendInitialEvents');
    expect(server.openStreams).toBe(1);
  });

  it('has few rows of many, those in sight', async () => {
    for (let index = 0; index < 5000; index++) server.create(resource, pod(`pod-${String(index).padStart(4, '0')}`));
    await open();
    await expect.poll(note).toBe('5,000 pods');
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe('5001');
    expect((await names()).length).toBeLessThan(60);
    await page.locator('.scroller').evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
    await expect.poll(async () => (await names()).at(-1)).toBe('pod-4999');
    expect((await names()).length).toBeLessThan(60);
  });

  it('renders once a frame at most, however much changes', async () => {
    server.create(resource, pod('a'));
    await open();
    await page.getByRole('button', { name: 'a', exact: true }).click();
    const version = page.getByRole('complementary').locator('dd').last();
    await expect.poll(() => version.innerText()).not.toBe('');
    await version.evaluate((element) => {
      const rendered: number[] = [];
      let frame = 0;
      const next = (): void => {
        frame++;
        requestAnimationFrame(next);
      };
      next();
      new MutationObserver(() => rendered.push(frame)).observe(element, { characterData: true, subtree: true });
      Object.assign(window, { rendered });
    });
    for (let restarts = 1; restarts <= 500; restarts++) {
      server.apply(resource, pod('a', { restarts }));
      await delay(1); // many changes a frame, and many frames
    }
    await expect.poll(details).toContain('restarted 500 times');
    const rendered = await page.evaluate(() => (window as unknown as { rendered: number[] }).rendered);
    expect(rendered.length).toBeGreaterThan(5);
    expect(rendered.length).toBe(new Set(rendered).size);
  });

  it('stops the watch when the page is closed', async () => {
    await open();
    await expect.poll(() => server.openStreams).toBe(1);
    await page.close();
    await expect.poll(() => server.openStreams).toBe(0);
  });
});

describe('react-pod-table, built', () => {
  it('needs nothing of Node, and works', async () => {
    const outDir = await mkdtemp(join(tmpdir(), 'kuberx-page-'));
    const configFile = fileURLToPath(new URL('../../examples/react-pod-table/vite.config.ts', import.meta.url));
    const args = ['vite', 'build', '--config', configFile, '--outDir', outDir, '--emptyOutDir'];
    const built = await execute('npx', args, { env: { ...process.env, NODE_ENV: 'production' } });
    expect(built.stdout + built.stderr).toMatch(/✓ built in/);
    expect(built.stdout + built.stderr).not.toMatch(/externalized|\(!\)|warn/i);

    const proxy = { '/api': { target: server.url } };
    const served = await preview({ configFile, logLevel: 'silent', build: { outDir }, preview: { port: 0, proxy } });
    server.create(resource, pod('a'));
    await page.goto(served.resolvedUrls!.local[0]!);
    await expect.poll(names).toEqual(['a']);
    server.create(resource, pod('b'));
    await expect.poll(names).toEqual(['a', 'b']);
    expect(server.requests.map(({ verb }) => verb)).toEqual(['watch']);
    await page.close();
    await served.close();
    await rm(outDir, { recursive: true });
  });
});

describe('npm run example:react', () => {
  it('shows pods that change', async () => {
    await using example = new ExampleProcess('react-pod-table/start', '/nowhere', ['--pods', '30', '--rate', '50']);
    await example.printed('Ctrl-C');
    const [url = ''] = /http:\S+/.exec(example.output) ?? [];
    await page.goto(url);
    await expect.poll(note).toMatch(/^(29|30|31) pods$/);
    const before = (await names()).join();
    await expect.poll(async () => (await names()).join()).not.toBe(before);
    await page.close();
  });
});
