import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { AxeResults } from 'axe-core';
import { describe, expect, it } from 'vitest';
import { ExampleProcess } from '../examples/example-process.ts';
import { built, forDevelopment } from './sites.ts';
import { stageOf } from './stage.ts';

const resource = 'v1/pods';

interface PodInWords {
  readonly namespace?: string;
  readonly app?: string;
  /** Why its container does not run; it does otherwise. */
  readonly waiting?: string;
  readonly restarts?: number;
  readonly node?: string;
}

function pod(name: string, words: PodInWords = {}): object {
  const { namespace = 'default', app = 'web', waiting, restarts = 0, node = 'worker-1' } = words;
  const state = waiting === undefined ? { running: {} } : { waiting: { reason: waiting, message: `it is ${waiting}` } };
  const ready = waiting === undefined;
  return {
    metadata: { namespace, name, labels: { app } },
    spec: { nodeName: node, containers: [{ name: app, image: `${app}:1` }] },
    status: {
      phase: 'Running',
      containerStatuses: [{ name: app, image: `${app}:1`, imageID: '', ready, restartCount: restarts, state }],
    },
  };
}

describe.each([
  ['in development', forDevelopment],
  ['built with the React Compiler', built({ withCompiler: true })],
])('react-pod-table, %s', (_how, serve) => {
  const stage = stageOf(serve);
  const connection = (): Promise<string> => stage.page.locator('.connection').innerText();
  const note = (): Promise<string> => stage.page.locator('#note').innerText();
  const names = (): Promise<string[]> => stage.page.locator('[role=gridcell].Name').allInnerTexts();
  const details = (): Promise<string> => stage.page.getByRole('complementary').innerText();
  const chosen = (): Promise<string[]> => stage.page.locator('[aria-selected=true] .Name').allInnerTexts();
  const row = (name: string): Promise<string[]> =>
    stage.page.getByRole('row').filter({ hasText: name }).getByRole('gridcell').allInnerTexts();
  const status = async (name: string): Promise<string | undefined> => (await row(name))[2];
  const filter = (text: string): Promise<void> => stage.page.getByLabel('Filter').fill(text);
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await stage.page.keyboard.press(key);
  };

  it('shows the pods, in order, and follows them', async () => {
    const { server, open } = stage;
    server.create(resource, pod('b'));
    server.create(resource, pod('a', { namespace: 'other' }));
    server.create(resource, pod('a', { waiting: 'ContainerCreating' }));
    await open();
    await expect.poll(names).toEqual(['a', 'b', 'a']);
    await expect.poll(connection).toBe('live');
    const age = expect.stringMatching(/^\d+s$/) as string;
    expect(await row('b')).toEqual(['default', 'b', 'Running', '1/1', '0', 'worker-1', age]);

    server.apply(resource, pod('b', { waiting: 'CrashLoopBackOff', restarts: 3 }));
    await expect.poll(() => row('b')).toEqual(['default', 'b', 'CrashLoopBackOff', '0/1', '3', 'worker-1', age]);
    server.delete(resource, 'default/a');
    await expect.poll(names).toEqual(['b', 'a']);
    server.create(resource, pod('c'));
    await expect.poll(names).toEqual(['b', 'c', 'a']);
  });

  it('says why there is no row', async () => {
    const { server, page, open } = stage;
    const notice = (): Promise<string> => page.locator('.notice').innerText();
    await open();
    await expect.poll(notice).toBe('There are no pods.');
    expect(await note()).toBe('0 pods');
    server.create(resource, pod('a'));
    await expect.poll(names).toEqual(['a']);
    await filter('web');
    await expect.poll(notice).toBe('No pod matches “web”.');
    await press('Escape');
    await expect.poll(names).toEqual(['a']);
    expect(await page.locator('.notice').count()).toBe(0);
  });

  it('filters by names and by labels, and says what it does not understand', async () => {
    for (const namespace of ['left', 'right']) {
      for (const app of ['api', 'web']) stage.server.create(resource, pod(`${app}-1`, { namespace, app }));
    }
    await stage.open();
    await expect.poll(note).toBe('4 pods');
    await filter('/left/');
    await expect.poll(note).toBe('2 of 4 pods');
    expect(await names()).toEqual(['api-1', 'web-1']);
    await filter('/left/ -l app notin (web)');
    await expect.poll(names).toEqual(['api-1']);
    await filter('/left/ -l app notin (');
    await expect.poll(note).toContain('unable to parse requirement');
    expect(await names()).toEqual(['api-1']);
    await filter('');
    await expect.poll(names).toEqual(['api-1', 'web-1', 'api-1', 'web-1']);
    await stage.page.getByText('web-1').first().click();
    await stage.page.getByRole('button', { name: 'app=web' }).click();
    await expect.poll(names).toEqual(['web-1', 'web-1']);
  });

  it('sorts by each column in both directions, with problems on top unless told otherwise', async () => {
    stage.server.create(resource, pod('web-9', { restarts: 2 }));
    stage.server.create(resource, pod('web-10', { restarts: 7 }));
    stage.server.create(resource, pod('web-11', { waiting: 'ImagePullBackOff' }));
    stage.server.create(resource, pod('web-12', { waiting: 'ContainerCreating', restarts: 1 }));
    await stage.open();
    await expect.poll(names).toEqual(['web-11', 'web-12', 'web-10', 'web-9']);
    expect(await stage.page.locator('label').innerText()).toBe('1 problem on top');
    const sortBy = (title: string): Promise<void> =>
      stage.page.getByRole('columnheader', { name: title, exact: true }).getByRole('button').click();
    const sorted = (title: string): Promise<string | null> =>
      stage.page.getByRole('columnheader', { name: title, exact: true }).getAttribute('aria-sort');

    await sortBy('Name');
    await expect.poll(names).toEqual(['web-11', 'web-12', 'web-9', 'web-10']);
    await stage.page.getByLabel('on top').uncheck();
    await expect.poll(names).toEqual(['web-9', 'web-10', 'web-11', 'web-12']);
    await sortBy('Name');
    await expect.poll(names).toEqual(['web-12', 'web-11', 'web-10', 'web-9']);
    expect(await sorted('Name')).toBe('descending');
    await sortBy('Restarts');
    await expect.poll(names).toEqual(['web-10', 'web-9', 'web-12', 'web-11']);
    await sortBy('Restarts');
    await expect.poll(names).toEqual(['web-11', 'web-12', 'web-9', 'web-10']);
    expect([await sorted('Name'), await sorted('Restarts')]).toEqual(['none', 'ascending']);
  });

  it('leads from the load to the details of a pod and back by keys alone', async () => {
    for (let index = 0; index < 200; index++) stage.server.create(resource, pod(`web-${1000 + index}`));
    await stage.open();
    await expect.poll(note).toBe('200 pods');
    await press('/');
    await stage.page.keyboard.type('web-1');
    await expect.poll(() => stage.page.getByLabel('Filter').inputValue()).toBe('web-1');
    await press('Escape', 'Escape'); // empties the filter, leads to the table
    await expect.poll(() => stage.page.getByLabel('Filter').inputValue()).toBe('');
    expect(await stage.page.evaluate(() => document.activeElement?.role)).toBe('grid');
    await press('ArrowDown', 'ArrowDown', 'j', 'k');
    await expect.poll(chosen).toEqual(['web-1001']);
    expect(await stage.page.getByRole('complementary').count()).toBe(0);
    const active = await stage.page.getByRole('grid').getAttribute('aria-activedescendant');
    expect(await stage.page.locator(`[id="${active}"] .Name`).innerText()).toBe('web-1001');

    await press('Enter');
    await expect.poll(details).toContain('web-1001');
    await press('End');
    await expect.poll(details).toContain('web-1199');
    await expect.poll(chosen).toEqual(['web-1199']);
    const ring = await stage.page.locator('[aria-selected=true]').evaluate((element) => {
      const { outlineStyle, outlineOffset } = getComputedStyle(element);
      const { top, bottom, left, right } = element.getBoundingClientRect();
      const around = element.closest('[role=grid]')!.getBoundingClientRect();
      const isInside = top >= around.top && bottom <= around.bottom && left >= around.left && right <= around.right;
      return { outlineStyle, outlineOffset, isInside };
    });
    expect(ring).toEqual({ outlineStyle: 'solid', outlineOffset: '-2px', isInside: true });
    await press('PageUp', 'Home');
    await expect.poll(chosen).toEqual(['web-1000']);
    await press(...Array<string>(8).fill('Tab')); // past the heads of seven columns, into the details
    expect(await stage.page.evaluate(() => document.activeElement?.closest('aside') !== null)).toBe(true);
    await press('Escape');
    await expect.poll(() => stage.page.getByRole('complementary').count()).toBe(0);
    expect(await stage.page.evaluate(() => document.activeElement?.role)).toBe('grid');
    expect(await chosen()).toEqual(['web-1000']);
    await press('Escape');
    await expect.poll(chosen).toEqual([]);
  });

  it('keeps the chosen pod that is deleted, struck through, until another one is chosen', async () => {
    for (const name of ['a', 'b', 'c']) stage.server.create(resource, pod(name));
    await stage.open();
    await stage.page.getByText('b', { exact: true }).click();
    await expect.poll(details).toContain('restarted 0 times');
    stage.server.apply(resource, pod('b', { restarts: 7 }));
    await expect.poll(details).toContain('restarted 7 times');
    stage.server.delete(resource, 'default/b');
    await expect.poll(() => status('b')).toBe('Deleted');
    expect(await details()).toMatch(/Deleted.*restarted 7 times/s);
    expect(await names()).toEqual(['a', 'b', 'c']);
    expect(await note()).toBe('2 pods');
    const cell = stage.page.locator('[aria-selected=true] .Name');
    expect(await cell.evaluate((element) => getComputedStyle(element).textDecorationLine)).toBe('line-through');

    await filter('c');
    await expect.poll(names).toEqual(['c']);
    await filter('');
    await expect.poll(names).toEqual(['a', 'b', 'c']);
    await stage.page.getByRole('grid').focus();
    await press('ArrowDown');
    await expect.poll(chosen).toEqual(['c']);
    await expect.poll(names).toEqual(['a', 'c']);
    await press('ArrowUp');
    await expect.poll(chosen).toEqual(['a']);
    stage.server.delete(resource, 'default/a');
    await expect.poll(() => status('a')).toBe('Deleted');
    stage.server.create(resource, pod('a', { restarts: 2 }));
    await expect.poll(() => status('a')).toBe('Running');
  });

  it('keeps what it has while the server is away, shows that it is old, and catches up', async () => {
    const { server, page, open } = stage;
    server.create(resource, pod('a'));
    server.create(resource, pod('b'));
    await open();
    await expect.poll(names).toEqual(['a', 'b']);
    const ground = (): Promise<string> =>
      page.getByRole('rowgroup').evaluate((element) => getComputedStyle(element).backgroundImage);
    expect(await ground()).toBe('none');
    await server.stop({ how: 'reset' });
    await expect.poll(connection).toMatch(/^stale since .*, asks again in \d+ s: v1\/pods: /);
    expect(await names()).toEqual(['a', 'b']);
    expect(await ground()).toContain('repeating-linear-gradient');
    server.delete(resource, 'default/a');
    server.apply(resource, pod('b', { restarts: 1 }));
    await server.start();
    await expect.poll(connection).toBe('live');
    await expect.poll(names).toEqual(['b']);
    expect((await row('b'))[4]).toBe('1');
    expect(await ground()).toBe('none');
    // What the browser itself notes of requests that fail.
    stage.problems = stage.problems.filter((problem) => !problem.startsWith('Failed to load resource'));
  });

  it('gives ages by the time of the server', async () => {
    stage.server.create(resource, pod('a'));
    await stage.page.addInitScript(() => {
      const { now } = Date;
      Date.now = () => now() - 3_600_000;
    });
    await stage.open();
    await expect.poll(async () => (await row('a'))[6]).toMatch(/^[1-9]\d*s$/);
  });

  it('watches once', async () => {
    stage.server.create(resource, pod('a'));
    await stage.open();
    await expect.poll(connection).toBe('live');
    await stage.page.getByText('a', { exact: true }).click();
    await expect.poll(details).toContain('worker-1');
    expect(stage.server.requests.map(({ verb }) => verb)).toEqual(['watch']);
    expect(stage.server.openStreams).toBe(1);
  });

  it('stops the watch when its table is hidden, and goes on from there when it is back', async () => {
    const { server, page, open } = stage;
    server.create(resource, pod('a'));
    await open();
    await expect.poll(names).toEqual(['a']);
    await page.getByRole('button', { name: 'Stop watching' }).click();
    await expect.poll(() => server.openStreams).toBe(0);
    expect(await page.getByText('No table, no watch.').isVisible()).toBe(true);
    await delay(100);
    expect(server.openStreams).toBe(0);
    server.create(resource, pod('b'));
    await page.getByRole('button', { name: 'Watch' }).click();
    await expect.poll(names).toEqual(['a', 'b']);
    expect(server.requests.map(({ verb }) => verb)).toEqual(['watch', 'watch']);
    expect(server.requests[1]?.query).not.toHaveProperty('sendInitialEvents');
    expect(server.openStreams).toBe(1);
  });

  it('has few rows of many, those in sight', async () => {
    const { server, page, open } = stage;
    for (let index = 0; index < 5000; index++) server.create(resource, pod(`pod-${String(index).padStart(4, '0')}`));
    await open();
    await expect.poll(note).toBe('5,000 pods');
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('5001');
    expect((await names()).length).toBeLessThan(60);
    await page.getByRole('grid').evaluate((grid) => grid.scrollTo(0, grid.scrollHeight));
    await expect.poll(async () => (await names()).at(-1)).toBe('pod-4999');
    expect(await page.getByRole('row').last().getAttribute('aria-rowindex')).toBe('5001');
    expect((await names()).length).toBeLessThan(60);
  });

  it('renders once a frame at most, however much changes', async () => {
    const { server, page, open } = stage;
    server.create(resource, pod('a'));
    await open();
    await page.getByText('a', { exact: true }).click();
    const version = page.locator('dd.Version');
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

  it('tells a screen reader how it stands, once in 5 s at most under churn', async () => {
    const { server, page, open } = stage;
    server.create(resource, pod('a'));
    await open();
    const region = page.getByRole('status');
    await expect.poll(() => region.innerText()).toBe('live. 1 pod, 0 problems.');
    await region.evaluate((element) => {
      const told: number[] = [];
      new MutationObserver(() => told.push(performance.now())).observe(element, {
        characterData: true,
        childList: true,
        subtree: true,
      });
      Object.assign(window, { told });
    });
    for (let index = 0; index < 110; index++) {
      server.create(resource, pod(`pod-${index}`, index % 2 === 0 ? {} : { waiting: 'Error' }));
      await delay(100);
    }
    const told = await page.evaluate(() => (window as unknown as { told: number[] }).told);
    expect(told.length).toBeGreaterThanOrEqual(2);
    for (const [index, at] of told.slice(1).entries()) expect(at - told[index]!).toBeGreaterThan(4900);
    await expect.poll(() => region.innerText()).toBe('live. 111 pods, 55 problems.');
  });

  it('has no fault that axe finds, in light and dark, wide and narrow, live and stale', async () => {
    const { server, page, open } = stage;
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
    const faults = async (): Promise<unknown[]> => {
      await page.evaluate(axe);
      const found = await page.evaluate('axe.run()');
      return (found as AxeResults).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
    };
    server.create(resource, pod('a'));
    server.create(resource, pod('b', { waiting: 'CrashLoopBackOff' }));
    server.create(resource, pod('c', { waiting: 'ContainerCreating' }));
    await open();
    await expect.poll(note).toBe('3 pods');
    expect(await faults()).toEqual([]);
    await page.getByText('b', { exact: true }).click();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 720 });
        expect(await faults()).toEqual([]);
      }
    }
    await page.setViewportSize({ width: 1280, height: 720 });
    server.delete(resource, 'default/b');
    await expect.poll(() => status('b')).toBe('Deleted');
    expect(await faults()).toEqual([]);
    await filter('nothing');
    await expect.poll(names).toEqual([]);
    expect(await faults()).toEqual([]);
    await filter('');
    await server.stop({ how: 'reset' });
    await expect.poll(connection).toContain('asks again');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await faults()).toEqual([]);
    }
    stage.problems = stage.problems.filter((problem) => !problem.startsWith('Failed to load resource'));
  });

  it('fits a narrow screen', async () => {
    const { server, page, open } = stage;
    server.create(resource, pod(`web-${'long-'.repeat(30)}name`, { namespace: 'shop', waiting: 'CrashLoopBackOff' }));
    await page.setViewportSize({ width: 320, height: 568 });
    await open();
    await expect.poll(note).toBe('1 pod');
    const widths = (): Promise<number[]> =>
      page.evaluate(() => [document.documentElement.scrollWidth, document.querySelector('[role=grid]')!.scrollWidth]);
    expect(await widths()).toEqual([320, 320]);
    for (const text of ['shop', 'CrashLoopBackOff']) expect(await page.getByText(text).first().isVisible()).toBe(true);
    await page.getByText('shop').click();
    await expect.poll(details).toContain('it is CrashLoopBackOff');
    expect(await widths()).toEqual([320, 320]);
    await page.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => page.getByRole('complementary').count()).toBe(0);
  });

  it('stops the watch when the page is closed', async () => {
    await stage.open();
    await expect.poll(() => stage.server.openStreams).toBe(1);
    await stage.page.close();
    await expect.poll(() => stage.server.openStreams).toBe(0);
  });
});

describe('npx vite build', () => {
  it('needs nothing of Node for react-pod-table, and warns of nothing', async () => {
    const outDir = await mkdtemp(join(tmpdir(), 'kuberx-page-'));
    const configFile = fileURLToPath(new URL('../../examples/react-pod-table/vite.config.ts', import.meta.url));
    const args = ['vite', 'build', '--config', configFile, '--outDir', outDir, '--emptyOutDir'];
    const { stdout, stderr } = await promisify(execFile)('npx', args, {
      env: { ...process.env, NODE_ENV: 'production' },
    });
    expect(stdout + stderr).toMatch(/✓ built in/);
    expect(stdout + stderr).not.toMatch(/externalized|\(!\)|warn/i);
    await rm(outDir, { recursive: true });
  });
});

describe('npm run example:react', () => {
  const stage = stageOf(() => Promise.resolve({ url: '', close: () => Promise.resolve() }));

  it('shows pods that change', async () => {
    await using example = new ExampleProcess('react-pod-table/start', '/nowhere', ['--pods', '30', '--rate', '50']);
    await example.printed('Ctrl-C');
    await stage.open(/http:\S+/.exec(example.output)?.[0]);
    await expect.poll(() => stage.page.locator('#note').innerText()).toMatch(/^(29|30|31) pods$/);
    const shown = (): Promise<string> => stage.page.getByRole('grid').innerText();
    const before = await shown();
    await expect.poll(shown).not.toBe(before);
    await stage.page.close();
  });
});
