/**
 * `npm run bench:guard`: compares memory, counted work of the cache and the bytes that a page downloads with the committed
 * figures, so that a change that costs more is seen. CPU time depends on the machine and is left to `npm run bench`. The last line is the count.
 * `--update` writes the figures as the new ones.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { apiServer } from 'kuberx/testing/apiserver';
import { benchPod, resource } from './side-by-side/bench-pod.ts';
import { type BundleSize, measureBundle, type PageName, pageNames } from './guard/measure-bundle.ts';
import { type DoorwayWork, measureDoorway, type Way, ways } from './guard/measure-doorway.ts';
import { measureWork, type Work } from './guard/measure-work.ts';

const objects = 10_000;
const events = 1000;
/** The allowed excess over the committed figures. Counts are exact, except for the digits in the parsed text. */
const margins: Readonly<Record<keyof Work, number>> = {
  heapPerObject: 0.1,
  parsedPerObject: 0.02,
  frozenPerObject: 0.02,
  parsedPerEvent: 0.02,
  frozenPerEvent: 0.02,
  copiedPerEvent: 0.02,
  requests: 0,
};
const figures = Object.keys(margins) as (keyof Work)[];
const variants = ['default', 'dropManagedFields', 'metadataOnly'] as const;
/** The work for each object on its way into a snapshot is counted exactly; one more call is a failure. */
type Baseline = Readonly<Record<(typeof variants)[number], Work>> & {
  readonly doorway: Readonly<Record<Way, DoorwayWork>>;
  readonly bundles: Readonly<Record<PageName, BundleSize>>;
};
/** What a page downloads may grow by this much over the committed figures. */
const bundleMargin = 0.05;
/** What was set out to reach with `kuberx/react`, in bytes. */
const bundleGoal = 40_000;

const file = fileURLToPath(new URL('guard/baseline.json', import.meta.url));
const bundles = new Map<PageName, BundleSize>();
for (const page of pageNames) bundles.set(page, await measureBundle(page));

let passed = 0;
let failed = 0;
const check = (what: string, isGood: boolean): void => {
  if (isGood) passed += 1;
  else failed += 1;
  if (!isGood) console.log(`FAILED: ${what}`);
};

await using server = await apiServer();
for (let index = 0; index < objects; index++) server.create(resource, benchPod(index));

const doorway = new Map<Way, DoorwayWork>();
for (const way of ways) doorway.set(way, await measureDoorway(way, events));

const measured = new Map<string, Work>();
for (const variant of variants) measured.set(variant, await measureWork(server, variant, objects, events));
if (process.argv.includes('--update')) {
  const works = [...measured].map(
    ([variant, work]) => [variant, mapped(work, (value) => Number(value.toFixed(2)))] as const,
  );
  const counts = [...doorway].map(
    ([way, work]) => [way, { ...work, eventChecks: roundedUp(work.eventChecks) }] as const,
  );
  const all = Object.fromEntries<object>([
    ...works,
    ['doorway', Object.fromEntries(counts)],
    ['bundles', Object.fromEntries(bundles)],
  ]);
  writeFileSync(file, `${JSON.stringify(all, undefined, 2)}\n`);
}

const baseline = JSON.parse(readFileSync(file, 'utf8')) as Baseline;
const table = new Table({
  head: ['variant', 'figure', 'committed', 'measured', 'at most'],
  style: { head: [], border: [] },
});
for (const variant of variants) {
  const work = measured.get(variant)!;
  for (const figure of figures) {
    const limit = baseline[variant][figure] * (1 + margins[figure]);
    const value = work[figure];
    table.push([variant, figure, baseline[variant][figure], value.toFixed(2), limit.toFixed(2)]);
    check(`${variant}: ${figure} is ${value.toFixed(2)}, more than ${limit.toFixed(2)}`, value > 0 && value <= limit);
  }
}
for (const [way, work] of doorway) {
  for (const [figure, value] of Object.entries(work) as [keyof DoorwayWork, number][]) {
    const limit = baseline.doorway[way][figure];
    table.push([way, figure, limit, value, limit]);
    check(`${way}: ${figure} for each object are ${value}, more than ${limit}`, value > 0 && value <= limit);
  }
}
for (const [page, { gzipped }] of bundles) {
  const committed = baseline.bundles[page].gzipped;
  const limit = Math.round(committed * (1 + bundleMargin));
  table.push([page, 'gzipped bytes of a page', committed, gzipped, limit]);
  check(`${page}: ${gzipped} bytes gzipped, more than ${limit}`, gzipped > 0 && gzipped <= limit);
}
console.log(table.toString());
const { gzipped } = bundles.get('view and kuberx/react')!;
console.log(
  `a page with kuberx/react: ${gzipped} bytes; the goal is ${bundleGoal}: ${gzipped <= bundleGoal ? 'ok' : 'MISSED'}`,
);

// A guard that lets a cache pass which shares nothing would let anything pass.
const wasteful = await measureWork(server, 'copies', objects, events);
for (const figure of ['heapPerObject', 'frozenPerEvent'] as const) {
  const limit = baseline.default[figure] * (1 + margins[figure]);
  check(
    `without sharing ${figure} is ${wasteful[figure].toFixed(2)}, and the guard lets it pass`,
    wasteful[figure] > limit,
  );
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function mapped(work: Work, change: (value: number) => number): Work {
  return Object.fromEntries(figures.map((figure) => [figure, change(work[figure])])) as unknown as Work;
}

/** To hundredths: the few events of a list that carry no object are no matter. */
function roundedUp(value: number): number {
  return Math.ceil(value * 100) / 100;
}
