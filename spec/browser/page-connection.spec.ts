import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type ApiServer, apiServer } from 'kuberx/testing/apiserver';
import { CertificateAuthority } from '#src/testing/apiserver/wire/certificate-authority.ts';
import { launchBrowser } from './browser.ts';
import type { InformerPage } from './informer-page.ts';
import { type ProxiedSite, proxiedSite } from './proxied-site.ts';

declare const kube: InformerPage;

const namespaces = (count: number): string[] => Array.from({ length: count }, (_, index) => `team-${index}`);
const pod = (namespace: string, name: string) => ({ metadata: { namespace, name } });

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

interface Stage {
  readonly server: ApiServer;
  readonly site: ProxiedSite;
  readonly context: BrowserContext;
  readonly page: Page;
}

async function stage(protocol: 'http/1.1' | 'h2', query = ''): Promise<Stage> {
  const server = await apiServer();
  const tls = protocol === 'h2' ? new CertificateAuthority().server(['127.0.0.1']) : undefined;
  const site = await proxiedSite({ apiServer: server.url, tls });
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  onTestFinished(async () => {
    await context.close();
    await site.close();
    await server.stop();
    expect(problems).toEqual([]);
  });
  await page.goto(site.url + query);
  await page.waitForFunction('kube');
  return { server, site, context, page };
}

/** A second tab of the page. */
async function secondTab({ context, site }: Stage): Promise<string> {
  const tab = await context.newPage();
  await tab.goto(site.url, { timeout: 5_000 });
  return tab.title();
}

describe('a page over HTTP/2 that wants 240 watches', () => {
  it('opens 80, lets the others wait and say so, answers /ping within a second, and loads a second time', async () => {
    const staged = await stage('h2');
    const { page, server } = staged;
    const wanted = namespaces(120).flatMap((each) => [['v1/pods', each] as const, ['v1/configmaps', each] as const]);
    for (const each of namespaces(120)) server.create('v1/pods', pod(each, 'first'));
    await page.evaluate((wanted) => kube.start(wanted), wanted);
    expect(await secondTab(staged)).toBe('ready');
    const states = async (): Promise<Record<string, number>> => {
      const counted: Record<string, number> = {};
      for (const each of await page.evaluate(() => kube.states())) counted[each] = (counted[each] ?? 0) + 1;
      return counted;
    };
    await expect.poll(states).toEqual({ synced: 80, 'waiting turn': 160 });
    expect(await page.evaluate(() => kube.connection())).toMatchObject({
      streams: { open: 80, allowed: 80, waiting: 160 },
    });
    expect(new Set(server.requests.map(({ transport }) => transport))).toEqual(new Set(['http/1.1']));
    expect(await secondTab(staged)).toBe('ready');
    expect(await page.evaluate(() => kube.longestPing())).toBeLessThan(1_000);
  });
});

describe('a page over HTTP/1.1 with 10 kinds', () => {
  it('watches each over a WebSocket, answers /ping within a second, and loads a second time', async () => {
    const staged = await stage('http/1.1');
    const { page, server } = staged;
    const kinds = [
      'pods',
      'configmaps',
      'secrets',
      'services',
      'endpoints',
      'events',
      'limitranges',
      'serviceaccounts',
    ];
    const wanted = [...kinds.map((kind) => `v1/${kind}`), 'apps/v1/deployments', 'apps/v1/replicasets'];
    await page.evaluate((wanted) => kube.start(wanted.map((each) => [each, 'default'])), wanted);
    await expect.poll(() => page.evaluate(() => kube.states())).toEqual(Array(10).fill('synced'));
    server.create('v1/pods', pod('default', 'late'));
    await expect.poll(() => page.evaluate(() => kube.sizes()[0])).toBe(1);
    expect(new Set(server.requests.map(({ transport }) => transport))).toEqual(new Set(['websocket']));
    expect(await secondTab(staged)).toBe('ready');
    expect(await page.evaluate(() => kube.longestPing())).toBeLessThan(1_000);
  });
});

describe.each(['http/1.1', 'h2'] as const)('a page over %s whose machine sleeps for 3 minutes', (protocol) => {
  it('is stale within 2 s of the wake, and resumes by a watch; after a compaction by a difference, without a flicker', async () => {
    const { page, server, site } = await stage(protocol);
    for (let index = 0; index < 30; index += 1) server.create('v1/pods', pod('default', `pod-${index}`));
    await page.evaluate(() => kube.start([['v1/pods', 'default']]));
    await expect.poll(() => page.evaluate(() => kube.sizes())).toEqual([30]);
    for (const compacts of [false, true]) {
      const before = server.requests.length;
      site.pause();
      server.create('v1/pods', pod('default', compacts ? 'late' : 'new'));
      server.delete('v1/pods', `default/pod-${compacts ? 1 : 0}`);
      if (compacts) server.compact();
      const woke = performance.now();
      await page.evaluate(() => kube.sleep(180_000));
      await page.waitForFunction(() => kube.isStale()[0] && kube.connection().state !== 'live');
      expect(performance.now() - woke).toBeLessThan(2_500);
      site.resume();
      const name = `seen-${String(compacts)}`;
      server.create('v1/pods', pod('default', name));
      await expect
        .poll(() => page.evaluate(() => [kube.sizes(), kube.isStale()]))
        .toEqual([[compacts ? 32 : 31], [false]]);
      const verbs = server.requests
        .slice(before)
        .map(({ verb, query }) => (query['sendInitialEvents'] ? 'list' : verb));
      if (!compacts) expect(verbs).not.toContain('list');
      expect(await page.evaluate(() => kube.fewest())).toEqual([30]);
    }
  });

  it('is given back while it is hidden, and resumed by version when it is shown', async () => {
    const { page, server } = await stage(protocol, '?hiddenAfter=200');
    await page.evaluate(() =>
      kube.start([
        ['v1/pods', 'default'],
        ['v1/configmaps', 'default'],
      ]),
    );
    await expect.poll(() => page.evaluate(() => kube.states())).toEqual(['synced', 'synced']);
    await page.evaluate(() => kube.hide(true));
    await expect.poll(() => server.openStreams).toBe(0);
    await expect.poll(() => page.evaluate(() => kube.isStale())).toEqual([true, true]);
    const before = server.requests.length;
    server.create('v1/pods', pod('default', 'meanwhile'));
    await page.evaluate(() => kube.hide(false));
    await expect.poll(() => page.evaluate(() => kube.sizes())).toEqual([1, 0]);
    await expect.poll(() => page.evaluate(() => kube.connection().state)).toBe('live');
    expect(server.requests.slice(before).map(({ verb }) => verb)).toEqual(['watch', 'watch']);
  });
});

describe('one of 5 namespaces that is denied while it is open', () => {
  it('is named, its siblings miss nothing, and given back it resumes alone', async () => {
    const { page, server } = await stage('http/1.1');
    let isDenied = false;
    server.intercept(({ namespace }) =>
      isDenied && namespace === 'team-2'
        ? {
            code: 403,
            body: {
              kind: 'Status',
              apiVersion: 'v1',
              status: 'Failure',
              reason: 'Forbidden',
              message: 'no',
              code: 403,
            },
          }
        : undefined,
    );
    const wanted = namespaces(5).map((each) => ['v1/pods', each] as const);
    await page.evaluate((wanted) => kube.start(wanted), wanted);
    await expect.poll(() => page.evaluate(() => kube.states())).toEqual(Array(5).fill('synced'));
    isDenied = true;
    server.endStreams();
    await expect.poll(() => page.evaluate(() => kube.connection().denied)).toEqual(['v1/pods in team-2']);
    for (const each of namespaces(5)) server.create('v1/pods', pod(each, 'new'));
    await expect.poll(() => page.evaluate(() => kube.sizes())).toEqual([1, 1, 0, 1, 1]);
    await expect.poll(() => page.evaluate(() => kube.isStale())).toEqual([false, false, true, false, false]);
    isDenied = false;
    await expect.poll(() => page.evaluate(() => kube.sizes()), { timeout: 30_000 }).toEqual([1, 1, 1, 1, 1]);
    await expect.poll(() => page.evaluate(() => kube.connection().denied)).toEqual([]);
  });
});
