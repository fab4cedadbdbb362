/**
 * `npm run test:controlplane`: follows the ConfigMaps of a real control plane with `npm start` while another process
 * writes them and the apiserver is killed and started again, and compares what the printed lines come to with a fresh
 * list. Ends with `N passed, N failed`; exit code 1 where one failed. Where Go is missing it says so and proves nothing.
 */
import { isDeepStrictEqual } from 'node:util';
import { printable } from 'kuberx';
import { CliRun } from './controlplane/cli-run.ts';
import { GoMissing } from './controlplane/binaries.ts';
import { ConfigMapWriter, type WriterReport } from './controlplane/config-map-writer.ts';
import { startControlPlane, type ControlPlane } from './controlplane/control-plane.ts';
import { foldCacheEvents, type Folded } from './controlplane/fold-cache-events.ts';
import { request } from './controlplane/http-request.ts';

const seconds = 20;
/** ConfigMaps that are deleted at a moment when no watch can see it. */
const doomed = 20;
const content = 'never-to-be-printed';
const changes = ['Added', 'Updated', 'Deleted'];
const results: boolean[] = [];

try {
  const controlPlane = await startControlPlane({ log: say });
  try {
    await prove(controlPlane);
  } finally {
    await controlPlane.stop();
  }
} catch (error) {
  if (error instanceof GoMissing) say(`not run: ${error.message}`);
  else check('the run came to its end', false, error instanceof Error ? error.message : String(error));
}
const failed = results.filter((passed) => !passed).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function prove(controlPlane: ControlPlane): Promise<void> {
  const { url, ca, token, kubeconfig } = controlPlane;
  const writer = await ConfigMapWriter.start({ url, ca, token, content, initial: 300 });
  await createDoomed(controlPlane);
  const cli = new CliRun(['v1/configmaps', '-A', '--kubeconfig', kubeconfig, '--seconds', String(seconds), '--json']);
  try {
    const before = await cli.until(() => cli.count(['Replaced']) > 0 && cli.count(changes) > 150);
    check('it synced and followed changes', before, `${cli.count(changes)} changes before the kill`);

    await controlPlane.killApiServer();
    const interrupted = await cli.until(() => cli.count(['Interrupted']) > 0);
    check('it said that the apiserver was gone', interrupted);
    // It stands still until the apiserver is back and objects are gone, so that it cannot see them go.
    cli.pause();
    const revision = await controlPlane.compact();
    await controlPlane.restartApiServer();
    await deleteDoomed(controlPlane);
    cli.resume();
    const restart = cli.lines.length;
    const after = await cli.until(() => cli.count(changes, restart) > 200);
    check('it came back by itself and followed changes', after, `${cli.count(changes, restart)} after the restart`);

    const report = await writer.stop();
    const quiet = performance.now();
    say(`wrote ${sum(report)}, compacted at ${revision}`);
    check('all kinds of writes were made', Math.min(report.created, report.changed, report.deleted) > 50);
    const code = await exitCode(cli);
    check('it exited with 0', code === 0, `exit code ${code ?? 'none'}`);
    const rest = (performance.now() - quiet) / 1000;
    check('it had a second to catch up', rest > 1, `${rest.toFixed(1)} s from the last write to its end`);
    judge(foldCacheEvents(cli.lines), report, await freshList(controlPlane));
    check(
      'no content of an object was printed',
      cli.lines.length > 0 && !cli.lines.some((line) => line.includes(content)),
    );
  } finally {
    writer.kill();
    cli.kill();
  }
}

function judge(folded: Folded, { ledger }: WriterReport, list: ReadonlyMap<string, string>): void {
  const { versions, counts, counted, summary, travelledBack, missedDeletions } = folded;
  const types = [...counts].map(([type, count]) => `${count} ${type}`);
  say(`printed ${types.join(', ')}; ${missedDeletions} deletions came with a relist`);
  const differing = differences(versions, list);
  check(
    'its keys and versions equal a fresh list',
    differing.length === 0,
    differing.join(', ') || `${list.size} keys`,
  );
  const lost = Object.entries(ledger).filter(([key, version]) => (versions.get(key) ?? null) !== version);
  const answered = Object.keys(ledger).length;
  check('no answered write was lost', lost.length === 0, `${lost.length} of ${answered} keys differ`);
  const ghosts = [...versions.keys()].filter((key) => key.startsWith('default/doomed-'));
  check('it found out what was deleted meanwhile', counts.size > 0 && ghosts.length === 0, ghosts.join(', '));
  check(
    'no object went back in time',
    counts.size > 0 && travelledBack.length === 0,
    travelledBack.slice(0, 5).join(', '),
  );
  check('interruptions were counted', counted.interruptions > 0, `${counted.interruptions}`);
  check('the summary agrees with the lines', isDeepStrictEqual(summary, counted), JSON.stringify(summary));
}

async function createDoomed({ url, ca, token }: ControlPlane): Promise<void> {
  for (let n = 0; n < doomed; n++) {
    const body = { metadata: { name: `doomed-${n}`, labels: { doomed: 'true' } } };
    await request(`${url}/api/v1/namespaces/default/configmaps`, { ca, token, body });
  }
}

async function deleteDoomed({ url, ca, token }: ControlPlane): Promise<void> {
  const path = '/api/v1/namespaces/default/configmaps?labelSelector=doomed%3Dtrue';
  const { status, body } = await request(`${url}${path}`, { ca, token, method: 'DELETE' });
  const { items } = JSON.parse(body) as { items?: unknown[] };
  check(
    'objects were deleted while it stood still',
    status === 200 && items?.length === doomed,
    `${items?.length ?? 0}`,
  );
}

/** Key to version, by one plain request. */
async function freshList({ url, ca, token }: ControlPlane): Promise<Map<string, string>> {
  const { body } = await request(`${url}/api/v1/configmaps`, { ca, token });
  const { items } = JSON.parse(body) as {
    items: { metadata: { namespace: string; name: string; resourceVersion: string } }[];
  };
  return new Map(
    items.map(({ metadata: { namespace, name, resourceVersion } }) => [`${namespace}/${name}`, resourceVersion]),
  );
}

function differences(folded: ReadonlyMap<string, string>, list: ReadonlyMap<string, string>): string[] {
  const keys = new Set([...folded.keys(), ...list.keys()]);
  return [...keys]
    .filter((key) => folded.get(key) !== list.get(key))
    .slice(0, 5)
    .map((key) => `${key}: ${folded.get(key) ?? 'absent'} instead of ${list.get(key) ?? 'absent'}`);
}

/** A run that does not end by itself long after its time is ended. */
async function exitCode(cli: CliRun): Promise<number | null> {
  const timer = setTimeout(() => cli.kill(), (seconds + 15) * 1000);
  const code = await cli.ended;
  clearTimeout(timer);
  return code;
}

function sum({ created, changed, deleted, unanswered }: WriterReport): string {
  return `${created} new, ${changed} changes, ${deleted} deletions (${unanswered} requests without an answer)`;
}

function check(what: string, passed: boolean, detail = ''): void {
  results.push(passed);
  say(`${passed ? 'passed' : 'FAILED'}: ${what}${detail === '' ? '' : ` (${detail})`}`);
}

function say(line: string): void {
  console.log(printable(line));
}
