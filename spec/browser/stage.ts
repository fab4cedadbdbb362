import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { apiServer, type ApiServer } from 'kuberx/testing/apiserver';
import { launchBrowser } from './browser.ts';
import type { Serve, Site } from './sites.ts';

/** What each spec of a `describe` has anew: an API server, the site before it, and a page. */
export interface Stage {
  readonly server: ApiServer;
  readonly site: Site;
  readonly page: Page;
  /** What the page reports as errors. The specs fail for one. */
  problems: string[];
  /** Goes to the page. */
  readonly open: (path?: string) => Promise<unknown>;
}

/** Sets a stage for each spec of this `describe`, and expects that no page reports an error. */
export function stageOf(serve: Serve): Stage {
  let browser: Browser;
  let stage: { server: ApiServer; site: Site; page: Page; problems: string[] };
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    const server = await apiServer();
    const site = await serve(server.url);
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(`${message.text()} ${message.location().url}`);
    });
    stage = { server, site, page, problems };
  });
  afterEach(async () => {
    await stage.page.close();
    await stage.site.close();
    await stage.server.stop();
    expect(stage.problems).toEqual([]);
  });
  return {
    get server() {
      return stage.server;
    },
    get site() {
      return stage.site;
    },
    get page() {
      return stage.page;
    },
    get problems() {
      return stage.problems;
    },
    set problems(problems) {
      stage.problems = problems;
    },
    open: (path = '') => stage.page.goto(stage.site.url + path),
  };
}
