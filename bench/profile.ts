/**
 * `npm run bench:profile`: where the main thread's time goes during updates, in kuberx, the floor and client-node's informer,
 * on the same server as `npm run bench`. Writes `docs/performance/profile.json`; `npm run bench:docs` makes a table of it.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBenchServer } from './side-by-side/bench-server.ts';
import { type ConsumerName, consumersOf } from './side-by-side/consumers.ts';
import { measureProfile } from './side-by-side/measure-consumer.ts';
import { PodWriter } from './side-by-side/pod-writer.ts';
import type { ProfileResult } from './side-by-side/results.ts';

const only: readonly ConsumerName[] = ['kuberx', 'floor-streaming', 'client-node'];
const objects = 10_000;
const run = { events: 4000, warmUp: 3000, rate: 200 };
const log = (line: string): void => void process.stderr.write(`${line}\n`);

const directory = mkdtempSync(join(tmpdir(), 'kuberx-bench-'));
const server = await startBenchServer('controlplane', objects, log);
const writer = new PodWriter(server, objects);
try {
  const caFile = join(directory, 'ca.crt');
  if (server.ca !== undefined) writeFileSync(caFile, server.ca);
  const { consumers } = await consumersOf(server, caFile, { only, log });
  const profiled: ProfileResult['consumers'][number][] = [];
  for (const { name, label, command } of consumers) {
    log(label);
    profiled.push({ name, label, profile: await measureProfile(command, writer, run) });
  }
  const result: ProfileResult = { server: server.name, objects, ...run, consumers: profiled };
  const output = fileURLToPath(new URL('../docs/performance/profile.json', import.meta.url));
  writeFileSync(output, `${JSON.stringify(result)}\n`);
} finally {
  writer.close();
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
}
