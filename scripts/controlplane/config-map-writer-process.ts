/** The other half of `ConfigMapWriter`: one write after the other, with a look at the server after each lost answer. */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { WriterReport, WriterTarget } from './config-map-writer.ts';
import { request, type Answer, type RequestOptions } from './http-request.ts';

const namespaces = ['default', 'kube-public'] as const;
/** Milliseconds between two writes. */
const pace = 15;

const [target] = (await once(process, 'message')) as [WriterTarget];
const asked = new AbortController();
process.once('message', () => asked.abort());
// The parent is gone: the process has nothing left to report to.
process.once('disconnect', () => process.exit(1));

const ledger = new Map<string, string | null>();
/** Keys whose last request was not answered: only the server knows their state. */
const unknown = new Set<string>();
const counts = { created: 0, changed: 0, deleted: 0, unanswered: 0 };
let serial = 0;

while (ledger.size < target.initial) await create();
process.send?.('ready');
while (!asked.signal.aborted) {
  await (unknown.size > 0 ? settle() : writeSomething());
  await delay(pace);
}
while (unknown.size > 0) {
  await settle();
  await delay(pace);
}
const report: WriterReport = { ...counts, ledger: Object.fromEntries(ledger) };
process.send?.(report, () => process.exit(0));

async function writeSomething(): Promise<void> {
  const present = [...ledger].flatMap(([key, version]) => (version === null ? [] : [key]));
  const dice = randomInt(10);
  if (dice < 3 || present.length === 0) return create();
  const key = present[randomInt(present.length)]!;
  return dice < 6 ? remove(key) : change(key);
}

/** Every third name is one that was deleted before: a new object under an old key. */
async function create(): Promise<void> {
  const removed = [...ledger].find(([, version]) => version === null)?.[0];
  const next = serial++;
  const key = next % 3 === 0 && removed !== undefined ? removed : `${namespaces[next % 2]!}/written-${next}`;
  const [namespace, name] = key.split('/');
  const body = { metadata: { name }, data: data() };
  const answer = await send(key, { method: 'POST', body }, `/api/v1/namespaces/${namespace!}/configmaps`);
  if (answer === undefined) return;
  if (answer.status !== 201) throw new Error(`create ${key} was answered with ${answer.status}: ${answer.body}`);
  ledger.set(key, version(answer));
  counts.created++;
}

async function change(key: string): Promise<void> {
  const options = { method: 'PATCH', contentType: 'application/merge-patch+json', body: { data: data() } };
  const answer = await send(key, options);
  if (answer === undefined) return;
  if (answer.status !== 200) throw new Error(`change ${key} was answered with ${answer.status}: ${answer.body}`);
  ledger.set(key, version(answer));
  counts.changed++;
}

async function remove(key: string): Promise<void> {
  const answer = await send(key, { method: 'DELETE' });
  if (answer === undefined) return;
  if (answer.status !== 200) throw new Error(`delete ${key} was answered with ${answer.status}: ${answer.body}`);
  ledger.set(key, null);
  counts.deleted++;
}

/** Asks the server what became of a key. */
async function settle(): Promise<void> {
  const [key] = unknown;
  if (key === undefined) return;
  const answer = await send(key, {});
  if (answer?.status !== 200 && answer?.status !== 404) return;
  ledger.set(key, answer.status === 404 ? null : version(answer));
  unknown.delete(key);
}

/** Undefined if no answer came, or if it does not say whether the write happened. */
async function send(key: string, options: RequestOptions, path = pathOf(key)): Promise<Answer | undefined> {
  const { url, ca, token } = target;
  const answer = await request(`${url}${path}`, { ...options, ca, token }).catch(() => undefined);
  if (answer !== undefined && answer.status < 500 && answer.status !== 429 && answer.status !== 401) return answer;
  counts.unanswered++;
  unknown.add(key);
  return undefined;
}

function pathOf(key: string): string {
  const [namespace, name] = key.split('/');
  return `/api/v1/namespaces/${namespace!}/configmaps/${name!}`;
}

function data(): Record<string, string> {
  return { content: `${target.content} ${serial} ${counts.changed}` };
}

function version(answer: Answer): string {
  return (JSON.parse(answer.body) as { metadata: { resourceVersion: string } }).metadata.resourceVersion;
}
