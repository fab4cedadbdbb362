import { expect, it } from 'vitest';
import { isResourceVersionTooLarge, type ListOptions, type ListPage } from 'kuberx';
import { eventually } from '../eventually.ts';
import { answerOf } from './answer-of.ts';
import { type ConfigMap, failure, namesOf, Scene } from './scene.ts';
import type { Subject } from './server.ts';

const badRequest = (message: string) => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message,
  reason: 'BadRequest',
  code: 400,
});

const later = (version: string) => String(BigInt(version) + 1_000_000n);

/** What one list request gives, by its version, limit and token. */
export function listSpecs(subject: Subject): void {
  const { cached } = subject.capabilities;

  const list = (scene: Scene, options: ListOptions): Promise<ListPage<ConfigMap>> =>
    answerOf(scene.configMaps().list(options));

  it('lists what was written last where no version is given', async (test) => {
    const scene = await Scene.of(subject, test);
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      const { metadata } = await scene.create(name);
      const page = await list(scene, {});
      expect(namesOf(page.items).at(-1)).toBe(name);
      expect(BigInt(page.resourceVersion)).toBeGreaterThanOrEqual(BigInt(metadata.resourceVersion));
    }
    await scene.agrees();
  });

  it('lists nothing, under a version, where nothing is', async (test) => {
    const scene = await Scene.of(subject, test);
    const page = await list(scene, {});
    expect(page).toEqual({ items: [], resourceVersion: expect.stringMatching(/^[1-9][0-9]*$/) as string });
    await scene.agrees();
  });

  it.runIf(cached)('lists any version as 0, all at once, whatever the limit', async (test) => {
    const scene = await Scene.of(subject, test);
    for (const name of ['a', 'b', 'c']) await scene.create(name);
    const page = await eventually(async () => {
      const any = await list(scene, { resourceVersion: '0', limit: 2 });
      expect(namesOf(any.items)).toEqual(['a', 'b', 'c']);
      return any;
    });
    expect(page.continue).toBeUndefined();
    const same = await list(scene, { resourceVersion: '0', resourceVersionMatch: 'NotOlderThan', limit: 1 });
    expect(same.items).toEqual(page.items);
    await scene.agrees();
  });

  it.runIf(!cached)('lists version 0 by pages, as any other', async (test) => {
    const scene = await Scene.of(subject, test);
    for (const name of ['a', 'b', 'c']) await scene.create(name);
    const page = await list(scene, { resourceVersion: '0', limit: 2 });
    expect(namesOf(page.items)).toEqual(['a', 'b']);
    const rest = await list(scene, { continue: page.continue!, limit: 2 });
    expect(namesOf(rest.items)).toEqual(['c']);
    await scene.agrees();
  });

  it('lists at least version N with NotOlderThan, and without a match or a limit', async (test) => {
    const scene = await Scene.of(subject, test);
    const { metadata } = await scene.create('a');
    const { resourceVersion } = metadata;
    for (const options of [{ resourceVersionMatch: 'NotOlderThan' }, {}] as const) {
      const page = await list(scene, { resourceVersion, ...options });
      expect(namesOf(page.items)).toEqual(['a']);
      expect(BigInt(page.resourceVersion)).toBeGreaterThanOrEqual(BigInt(resourceVersion));
    }
    await scene.create('b');
    await eventually(async () => expect(namesOf((await list(scene, { resourceVersion })).items)).toEqual(['a', 'b']));
    await scene.agrees();
  });

  it('lists exactly version N with Exact, and with a limit', async (test) => {
    const scene = await Scene.of(subject, test);
    await scene.create('a', { data: { k: 'old' } });
    const { metadata } = await scene.create('b');
    const { resourceVersion } = metadata;
    await scene.change('a', { data: { k: 'new' } });
    await scene.delete('b');
    await scene.create('c');
    for (const options of [{ resourceVersionMatch: 'Exact' }, { limit: 10 }] as const) {
      const page = await list(scene, { resourceVersion, ...options });
      expect(page.resourceVersion).toBe(resourceVersion);
      expect(page.items.map((item) => [item.metadata.name, item.data])).toEqual([
        ['a', { k: 'old' }],
        ['b', undefined],
      ]);
    }
    await scene.agrees();
  });

  it('refuses a version of the future as too large', async (test) => {
    const scene = await Scene.of(subject, test);
    const resourceVersion = later((await list(scene, {})).resourceVersion);
    const errors = await Promise.all(
      ([{ resourceVersionMatch: 'NotOlderThan' }, {}, { resourceVersionMatch: 'NotOlderThan', limit: 1 }] as const).map(
        (options) => failure(list(scene, { resourceVersion, ...options })),
      ),
    );
    for (const error of errors) {
      expect(error).toMatchObject({ code: 504, reason: 'Timeout' });
      expect(isResourceVersionTooLarge(error)).toBe(true);
    }
    await scene.agrees();
  });

  it('shows on every page the state of the first one', async (test) => {
    const scene = await Scene.of(subject, test);
    for (const name of ['a', 'b', 'c', 'd', 'e']) await scene.create(name, { data: { k: 'old' } });
    const first = await list(scene, { limit: 2 });
    expect(first.remainingItemCount).toBe(3);
    await scene.delete('a');
    await scene.delete('d');
    await scene.change('e', { data: { k: 'new' } });
    await scene.create('f');
    const second = await list(scene, { limit: 2, continue: first.continue! });
    const third = await list(scene, { limit: 2, continue: second.continue! });
    expect([first, second, third].map(({ items }) => namesOf(items))).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    expect(third.items[0]?.data).toEqual({ k: 'old' });
    expect([second.remainingItemCount, third.remainingItemCount, third.continue]).toEqual([1, undefined, undefined]);
    expect([second, third].map(({ resourceVersion }) => resourceVersion)).toEqual(
      [first, first].map(({ resourceVersion }) => resourceVersion),
    );
    const reflection = scene.reflect(scene.configMaps(), { streaming: false, pageSize: 2 });
    await scene.agreement(reflection);
    expect(reflection.requests.slice(0, 3)).toMatchObject([
      { limit: 2 },
      { continue: expect.anything() as string },
      {},
    ]);
  });

  it('reads pages of a selection until there is no token, however few items they have', async (test) => {
    const scene = await Scene.of(subject, test);
    for (let i = 0; i < 9; i++) await scene.create(`m-${i}`, { labels: { third: String(i % 3 === 0) } });
    const options = { labelSelector: 'third=true' };
    const page = await answerOf(scene.configMaps(options).list({ limit: 2 }));
    expect(namesOf(page.items)).toEqual(['m-0', 'm-3']);
    expect(page.remainingItemCount).toBeUndefined();
    const reflection = scene.reflect(scene.configMaps(options), { streaming: false, pageSize: 1 });
    await scene.agreement(reflection, options);
    expect(reflection.store.listKeys()).toHaveLength(3);
  });

  it('refuses what does not go together, in the same words', async (test) => {
    const scene = await Scene.of(subject, test);
    await scene.create('a');
    await scene.create('b');
    const first = await list(scene, { limit: 1 });
    const refused = async (options: ListOptions) => (await failure(list(scene, options))).status;
    expect(await refused({ continue: first.continue!, resourceVersion: first.resourceVersion })).toEqual(
      badRequest('specifying resource version is not allowed when using continue'),
    );
    expect(await refused({ resourceVersion: 'abc' })).toEqual(
      badRequest(
        'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
      ),
    );
    expect(await refused({ continue: 'abc' })).toMatchObject({
      code: 400,
      message: expect.stringMatching(/^invalid continue token: /) as string,
    });
    const message =
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided';
    expect(await refused({ resourceVersionMatch: 'Exact' })).toMatchObject({ code: 422, reason: 'Invalid', message });
    expect(await refused({ resourceVersionMatch: 'Exact', resourceVersion: '0' })).toMatchObject({
      code: 422,
      message: expect.stringContaining('resourceVersionMatch "exact" is forbidden for resourceVersion "0"') as string,
    });
    await scene.agrees();
  });
}
