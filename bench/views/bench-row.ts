import { type Commit, type KubernetesObject, type OrderBy, store } from 'kuberx';
import { randomIntegers } from '../store/measure.ts';
import { podKey } from '../store/pod.ts';

/** A pod of 1 kB: what a table shows of it, and texts that no other pod has. */
export interface BenchRow extends KubernetesObject {
  readonly spec: { readonly nodeName: string };
  readonly status: { readonly phase: string; readonly restarts: number; readonly message: string };
}

/** Parsed from JSON, as objects of a watch are: no two share a text. Of ten rows, seven are Running. */
export function benchRow(index: number, version: number, restarts: number): BenchRow {
  const [namespace, name] = podKey(index).split('/') as [string, string];
  return JSON.parse(
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace,
        uid: `uid-${index}`,
        resourceVersion: String(version),
        labels: { app: `web-${index % 100}` },
      },
      spec: { nodeName: `worker-${index % 500}` },
      status: {
        phase: index % 10 < 7 ? 'Running' : 'Pending',
        restarts,
        message: `${index} `.repeat(100).slice(0, 600),
      },
    }),
  ) as BenchRow;
}

/** The rows that are shown. */
export const isRunning = ({ status }: BenchRow): boolean => status.phase === 'Running';

/** Their order: it changes with each event. */
export const byRestarts: readonly OrderBy<BenchRow>[] = [{ key: ({ status }) => status.restarts, desc: true }];

/** The same order as a comparator. */
export function compareRows(a: BenchRow, b: BenchRow): number {
  if (a.status.restarts !== b.status.restarts) return b.status.restarts - a.status.restarts;
  return compareNames(a, b);
}

/** By namespace and name. */
export function compareNames({ metadata: a }: BenchRow, { metadata: b }: BenchRow): number {
  if (a.namespace !== b.namespace) return a.namespace! < b.namespace! ? -1 : 1;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** The rows at the beginning, and changes of random ones: each has another number of restarts. */
export interface Scene {
  readonly rows: readonly BenchRow[];
  readonly changes: readonly BenchRow[];
}

export function sceneOf(count: number, events: number): Scene {
  const restarts = randomIntegers(count + events, 50);
  const rows = Array.from({ length: count }, (_, index) => benchRow(index, 1, restarts[index]!));
  const which = randomIntegers(events, count, 2);
  const changes = Array.from(which, (index, at) => benchRow(index, at + 2, restarts[count + at]!));
  return { rows, changes };
}

/** The commits of a store that starts with these rows. */
export function commitsOf({ rows, changes }: Scene): readonly Commit<BenchRow>[] {
  const source = store<BenchRow>({ intern: false });
  const commits: Commit<BenchRow>[] = [];
  source.commits$.subscribe((commit) => commits.push(commit));
  source.replace(rows, '1');
  for (const change of changes) source.add(change);
  return commits;
}
