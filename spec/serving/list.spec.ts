import fc from 'fast-check';
import { VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { KubeError } from '#src/protocol/errors/kube-error.ts';
import { list, type ServedPage } from '#src/serving/list.ts';
import { ConfigMaps } from './config-maps.ts';

/** The answer to a list: at once, or after `milliseconds`. */
function answer(
  maps: ConfigMaps,
  parameters: string,
  namespace?: string,
  milliseconds = 0,
): ServedPage | KubeError | undefined {
  const scheduler = new VirtualTimeScheduler();
  let answered: ServedPage | KubeError | undefined;
  list(maps.cache, maps.query(parameters, namespace), scheduler).subscribe({
    next: (page) => (answered = page),
    error: (error: unknown) => (answered = error as KubeError),
  });
  scheduler.maxFrames = milliseconds;
  scheduler.flush();
  return answered;
}

function page(maps: ConfigMaps, parameters: string, namespace?: string): ServedPage {
  const answered = answer(maps, parameters, namespace);
  if (answered === undefined || answered instanceof KubeError) throw answered ?? new Error('no answer');
  return answered;
}

const inShort = ({ revisions, version, remainingItemCount, continue: token }: ServedPage) =>
  `${revisions.map(({ key, version: own }) => `${key}@${String(own)}`).join(' ')} of ${String(version)}` +
  (token === undefined ? '' : `, ${remainingItemCount === undefined ? 'some' : String(remainingItemCount)} to come`);

function threeMaps(): ConfigMaps {
  const maps = new ConfigMaps();
  for (const name of ['a', 'b', 'c']) maps.put(`x/${name}`);
  maps.put('x/a');
  return maps;
}

const allNow = 'x/a@104 x/b@102 x/c@103 of 104';

describe('list', () => {
  it.each([
    ['', allNow],
    ['limit=-1', allNow],
    ['limit=3', allNow],
    ['limit=2', 'x/a@104 x/b@102 of 104, 1 to come'],
    ['resourceVersion=0', allNow],
    ['resourceVersion=0&limit=1', allNow],
    ['resourceVersion=0&limit=1&resourceVersionMatch=NotOlderThan', allNow],
    ['resourceVersion=102', allNow],
    ['resourceVersion=102&limit=1', 'x/a@101 of 102, 1 to come'],
    ['resourceVersion=102&limit=1&resourceVersionMatch=NotOlderThan', 'x/a@104 of 104, 2 to come'],
    ['resourceVersion=102&resourceVersionMatch=NotOlderThan', allNow],
    ['resourceVersion=102&resourceVersionMatch=Exact', 'x/a@101 x/b@102 of 102'],
    ['resourceVersion=100&resourceVersionMatch=Exact', ' of 100'],
  ])('reads its parameters as the server does: %s', (parameters, expected) => {
    expect(inShort(page(threeMaps(), parameters))).toBe(expected);
  });

  it('lists one namespace, whose name begins another one', () => {
    const maps = new ConfigMaps();
    for (const key of ['x/a', 'x-y/a', 'x0/a', 'w/a', 'x/b']) maps.put(key);
    expect(page(maps, '', 'x').revisions.map(({ key }) => key)).toEqual(['x/a', 'x/b']);
    const first = page(maps, 'limit=1', 'x');
    expect(inShort(first)).toBe('x/a@101 of 105, 1 to come');
    expect(inShort(page(maps, `limit=1&continue=${first.continue!}`, 'x'))).toBe('x/b@105 of 105');
  });

  it('fills pages through selectors without counting, and may end with an empty one', () => {
    const maps = new ConfigMaps();
    for (const [name, app] of [
      ['a', 'x'],
      ['b', 'y'],
      ['c', 'x'],
      ['d', 'y'],
    ] as const)
      maps.put(`n/${name}`, { app });
    const first = page(maps, 'limit=2&labelSelector=app%3Dx');
    expect(inShort(first)).toBe('n/a@101 n/c@103 of 104, some to come');
    expect(inShort(page(maps, `limit=2&labelSelector=app%3Dx&continue=${first.continue!}`))).toBe(' of 104');
  });

  it('ignores the limit of a further page that is asked for with version 0', () => {
    const maps = threeMaps();
    const { continue: token } = page(maps, 'limit=1');
    expect(inShort(page(maps, `limit=1&resourceVersion=0&continue=${token!}`))).toBe('x/b@102 x/c@103 of 104');
  });

  it('offers an inconsistent remainder where the list is no longer held', () => {
    const maps = threeMaps();
    const { continue: token } = page(maps, 'limit=1');
    maps.put('x/b');
    maps.cache.compact(105n);
    const error = answer(maps, `limit=1&continue=${token!}`) as KubeError;
    expect(error).toMatchObject({ reason: 'Expired', code: 410 });
    const remainder = page(maps, `limit=1&continue=${error.status!.metadata!.continue!}`);
    expect(inShort(remainder)).toBe('x/b@105 of 105, 1 to come');
    expect(inShort(page(maps, `limit=1&continue=${remainder.continue!}`))).toBe('x/c@103 of 105');
  });

  it.each(['resourceVersion=105', 'resourceVersion=105&resourceVersionMatch=Exact', 'resourceVersion=105&limit=1'])(
    'waits three seconds for a version to come: %s',
    (parameters) => {
      const maps = threeMaps();
      expect(answer(maps, parameters, undefined, 2999)).toBeUndefined();
      expect(answer(maps, parameters, undefined, 3000)).toMatchObject({
        reason: 'Timeout',
        code: 504,
        retryAfter: 1000,
        message: 'v1/configmaps: Timeout: Too large resource version: 105, current: 104',
      });
      let came: string | undefined;
      list(maps.cache, maps.query(parameters)).subscribe((served) => (came = inShort(served)));
      maps.put('x/d');
      expect(came).toMatch(/ of 105/);
    },
  );

  it('shows on all its pages the state at its first one, whatever is written meanwhile', () => {
    const write = fc.record({ key: fc.constantFrom('a/a', 'a/b', 'b/a', 'b/b', 'c/a'), isRemoval: fc.boolean() });
    const apply = (maps: ConfigMaps, { key, isRemoval }: { key: string; isRemoval: boolean }) => {
      if (!isRemoval) maps.put(key);
      else if (maps.cache.get(key)) maps.remove(key);
    };
    fc.assert(
      fc.property(
        fc.array(write),
        fc.array(fc.array(write)),
        fc.integer({ min: 1, max: 3 }),
        (before, between, limit) => {
          const maps = new ConfigMaps();
          for (const step of before) apply(maps, step);
          const expected = maps.cache.ordered();
          let served = page(maps, `limit=${limit}`);
          const { version } = served;
          const all = [...served.revisions];
          for (const steps of between.concat([[], [], [], [], []])) {
            if (served.continue === undefined) break;
            expect(served.remainingItemCount).toBe(expected.length - all.length);
            for (const step of steps) apply(maps, step);
            served = page(maps, `limit=${limit}&continue=${served.continue}`);
            expect(served.version).toBe(version);
            all.push(...served.revisions);
          }
          expect(served.continue).toBeUndefined();
          expect(all).toEqual(expected);
        },
      ),
    );
  });
});
