import { TestScheduler } from 'rxjs/testing';
import { expect, it } from 'vitest';
import { sharedInformer } from 'kuberx';
import { listWatch } from 'kuberx/rest';
import { ApiServer } from 'kuberx/testing/apiserver';
import { oneOf, seededRandom, wholeNumber } from '../../../../scripts/soak/seeded-random.ts';

/** How many seeds are tried; `SEEDS=1000` takes half a minute. */
const seeds = Number(process.env['SEEDS'] ?? 50);

/** Until when something happens, and until when an informer has agreed at the latest, in milliseconds of virtual time. */
const busy = 10 * 60_000;
const agreed = busy + 5 * 60_000;

const names = ['a', 'b', 'c', 'd', 'e'];

/** What may happen to a server and its objects. */
function incident(server: ApiServer, random: () => number): void {
  const name = oneOf(random, names);
  const isThere = server.get('v1/configmaps', `default/${name}`) !== undefined;
  const lot = random();
  if (lot < 0.7) {
    const metadata = { name, namespace: 'default' };
    if (isThere && lot < 0.2) server.delete('v1/configmaps', `default/${name}`);
    else server.apply('v1/configmaps', { metadata, data: { k: String(wholeNumber(random, 0, 3)) } });
    return;
  }
  const how = oneOf(random, ['clean', 'reset', 'mid-line'] as const);
  const code = oneOf(random, [403, 410, 429, 500, 503, 'reset'] as const);
  const incidents = [
    () => server.endStreams({ how }),
    () => server.failNext({ code, times: wholeNumber(random, 1, 3) }),
    () => server.compact(),
    () => server.restartCache(),
    () => server.bookmark(),
    () => void server.stop({ how: oneOf(random, ['clean', 'reset']) }),
  ];
  oneOf(random, incidents)();
}

/** What an informer has at the end, and what its server has. */
function outcome(seed: number): { readonly held: unknown; readonly stored: unknown; readonly synced: boolean } {
  const random = seededRandom(seed);
  const scheduler = new TestScheduler(() => undefined);
  return scheduler.run(() => {
    const server = new ApiServer({
      listen: false,
      scheduler,
      random,
      watchList: random() < 0.5,
      latency: wholeNumber(random, 0, 200),
      historySize: wholeNumber(random, 1, 20),
    });
    const lists = listWatch({ server: 'http://memory' }, 'v1/configmaps', { http: server.http });
    const informer = sharedInformer(lists, { scheduler, random });
    const subscription = informer.snapshot$.subscribe();
    for (let time = 0; time < busy; time += wholeNumber(random, 1, 20_000)) {
      scheduler.schedule(() => incident(server, random), time);
      if (random() < 0.2) scheduler.schedule(() => void server.start(), time + wholeNumber(random, 0, 60_000));
    }
    scheduler.schedule(() => {
      server.clearFailures();
      void server.start();
    }, busy);
    scheduler.schedule(() => subscription.unsubscribe(), agreed);
    scheduler.flush();
    const { value } = informer.snapshot$;
    const held = [...value.list()].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
    return { held, stored: server.list('v1/configmaps'), synced: value.synced };
  });
}

it(`an informer agrees with its server whatever happened to both, with ${seeds} seeds`, () => {
  for (let seed = 0; seed < seeds; seed++) {
    const { held, stored, synced } = outcome(seed);
    expect(synced, `seed ${seed}`).toBe(true);
    expect(held, `seed ${seed}`).toEqual(stored);
  }
});

it('a seed gives the same run', () => {
  expect(outcome(7)).toEqual(outcome(7));
});
