import {
  asapScheduler,
  asyncScheduler,
  find,
  finalize,
  firstValueFrom,
  map,
  NEVER,
  type Observable,
  observeOn,
  of,
  timer,
  VirtualTimeScheduler,
} from 'rxjs';
import { expect, it } from 'vitest';
import { type KubernetesObject, type ListerWatcher, type ListPage, reflector } from 'kuberx';
import { buildObject, page } from 'kuberx/testing';
import { marbles, transcript } from './marbles.ts';

type Page = ListPage<KubernetesObject>;

it.each([
  ['that come later', (answer: Page): Observable<Page> => of(answer).pipe(observeOn(asapScheduler))],
  ['that come at once', (answer: Page): Observable<Page> => of(answer)],
])('lists thousands of pages %s', async (_, answered) => {
  const pages = 10_000;
  const pods: ListerWatcher<KubernetesObject> = {
    resource: 'v1/pods',
    list({ continue: token = '0' }) {
      const next = Number(token) + 1;
      const rest = next < pages ? { continue: String(next) } : {};
      return answered(page([buildObject(`default/p${token}`, '1')], '5', rest));
    },
    watch: () => NEVER,
  };
  const events$ = reflector(pods, { streaming: false, pageSize: 1 });
  const end$ = events$.pipe(find(({ type }) => type === 'Replaced' || type === 'Interrupted'));
  const end = await firstValueFrom(end$, { defaultValue: undefined });
  expect(end).toMatchObject({ type: 'Replaced', resourceVersion: '5', objects: { length: pages } });
});

/** A list of three pages of one object, a second apart, and what happens to it. */
function threePages(admit: (name: string) => void = () => undefined): { log: string[]; said: string[] } {
  const log: string[] = [];
  let said: string[] = [];
  const pods: ListerWatcher<KubernetesObject> = {
    resource: 'v1/pods',
    list({ continue: token = 'a' }) {
      log.push(`list ${token}`);
      const rest = token === 'a' ? { continue: 'b' } : token === 'b' ? { continue: 'c' } : {};
      return timer(1000).pipe(
        map(() => page([buildObject(`default/${token}`, '1')], '5', rest)),
        finalize(() => log.push(`end ${token}`)),
      );
    },
    watch: () => NEVER,
  };
  const take = (object: KubernetesObject): KubernetesObject => {
    log.push(`admit ${object.metadata.name}`);
    admit(object.metadata.name);
    return object;
  };
  marbles((helpers) => {
    const events$ = reflector(pods, { streaming: false, admit: take, random: () => 0 });
    said = transcript(helpers, events$, 3100, () => asyncScheduler.now());
  });
  return { log, said };
}

it('asks for the next page when a page has ended, and looks at its items meanwhile', () => {
  const { log, said } = threePages();
  expect(log).toEqual([...['list a', 'end a', 'list b', 'admit a', 'end b', 'list c', 'admit b', 'end c', 'admit c']]);
  expect(said).toEqual([
    ...['0 Requested listing', '1000 Received listing 1', '2000 Received listing 2', '3000 Received listing 3'],
    ...['3000 Replaced 5: a@1 b@1 c@1', '3000 Requested watching'],
  ]);
});

it('fails the list, and aborts the request that is under way, where an object is refused', () => {
  const { log, said } = threePages((name) => {
    if (name === 'b') throw new Error('no');
  });
  expect(log).toEqual([
    ...['list a', 'end a', 'list b', 'admit a', 'end b', 'list c', 'admit b', 'end c'],
    ...['list a', 'end a'],
  ]);
  expect(said.some((line) => line.includes('Replaced'))).toBe(false);
  expect(said.at(-2)).toMatch(/^2000 Interrupted listing/u);
});

it('admits a hundred objects of a page in each turn of the event loop', () => {
  const objects = Array.from({ length: 250 }, (_, index) => buildObject(`default/p${index}`, '1'));
  const pods: ListerWatcher<KubernetesObject> = {
    resource: 'v1/pods',
    list: ({ continue: token }) => (token === undefined ? of(page(objects, '5', { continue: 'never' })) : NEVER),
    watch: () => NEVER,
  };
  let admitted = 0;
  const admit = (object: KubernetesObject): KubernetesObject => ((admitted += 1), object);
  const scheduler = new VirtualTimeScheduler();
  const subscription = reflector(pods, { streaming: false, admit, scheduler }).subscribe();
  expect(admitted).toBe(0);
  const turns: number[] = [];
  while (admitted < objects.length) {
    const before = admitted;
    const action = scheduler.actions.shift() ?? expect.fail('nothing is due');
    action.execute(undefined, 0);
    turns.push(admitted - before);
  }
  subscription.unsubscribe();
  expect(turns.filter((count) => count > 0)).toEqual([100, 100, 50]);
});
