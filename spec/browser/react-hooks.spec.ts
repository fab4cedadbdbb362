import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { pagesForDevelopment } from './sites.ts';
import { stageOf } from './stage.ts';

const pod = (name: string, restarts = 0): object => ({
  metadata: { namespace: 'default', name },
  status: { phase: 'Running', containerStatuses: [{ name: 'web', restartCount: restarts }] },
});

describe.each([
  ['in development', pagesForDevelopment({ withCompiler: false })],
  ['compiled by the React Compiler', pagesForDevelopment({ withCompiler: true })],
])('useKube and useKubeSuspense, in StrictMode, %s', (_how, serve) => {
  const stage = stageOf(serve);

  it('list and watch once, however often an Activity and a Suspense come and go in 10 s', async () => {
    const { server, page, open } = stage;
    server.create('v1/pods', pod('a'));
    await open('#toggled');
    const shown = (): Promise<string[]> => page.locator('p').allInnerTexts();
    await expect.poll(shown).toEqual(['1 pods', '1 pods', '1 pods']);
    const begun = performance.now();
    for (let toggle = 0; toggle < 100; toggle++) {
      await page.locator(toggle % 4 < 2 ? '#show' : '#mount').click();
      if (toggle % 10 === 0) server.create('v1/pods', pod(`b-${toggle}`));
      await delay(Math.max(0, begun + (toggle + 1) * 100 - performance.now()));
    }
    expect(await page.locator('output').innerText()).toBe('100');
    await expect.poll(shown).toEqual(['11 pods', '11 pods', '11 pods']);
    expect(server.requests.map(({ verb }) => verb)).toEqual(['watch']);
    expect(server.openStreams).toBe(1);

    for (const button of ['#show', '#mount']) await page.locator(button).click();
    await delay(2000); // the bound that is promised, and a second more than they hold on
    expect(server.openStreams).toBe(0);
    server.create('v1/pods', pod('c'));
    await page.locator('#show').click();
    await expect.poll(() => page.locator('p').first().innerText()).toBe('12 pods');
    expect(server.requests.map(({ verb }) => verb)).toEqual(['watch', 'watch']);
    expect(server.requests[1]?.query).not.toHaveProperty('sendInitialEvents');
  });

  it('show one moment of two resources in each frame, in one component and in several', async () => {
    const { server, page, open } = stage;
    const write = (version: number): void => {
      server.apply('v1/pods', pod('a', version));
      server.apply('v1/events', {
        metadata: { namespace: 'default', name: 'a.1' },
        involvedObject: { kind: 'Pod', namespace: 'default', name: 'a' },
        reason: 'Restarted',
        count: version,
      });
    };
    write(0);
    await open('#two-sources');
    await expect.poll(() => page.locator('#both').innerText()).not.toContain('0 ');
    for (let version = 1; version <= 1000; version++) {
      write(version);
      await delay(2);
    }
    const versions = ['v1/pods', 'v1/events'].map((resource, index) => {
      const object = server.get(resource, index === 0 ? 'default/a' : 'default/a.1') as {
        metadata: { resourceVersion: string };
      };
      return object.metadata.resourceVersion;
    });
    await expect.poll(() => page.locator('#both').innerText()).toBe(versions.join(' '));
    const [moments, shown, torn] = await page.evaluate(() =>
      (window as unknown as { seen: () => [string[], string[], string[]] }).seen(),
    );
    const known = new Set(moments);
    expect(shown.length).toBeGreaterThan(20);
    expect(shown.filter((each) => !each.startsWith('0 ') && !each.endsWith(' 0') && !known.has(each))).toEqual([]);
    expect(torn).toEqual([]);
  });
});
