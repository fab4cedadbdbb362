/**
 * `npm run test:peers`: programs of other makers on the embedded API server, and on a real control plane beside it. All of
 * them, or those that are named: `npm run test:peers -- kubectl kopf`. The last line counts what ran. One whose tool chain is
 * absent did not run, is named, and counts as failed: leave it out by naming the others.
 */
import { buildPrograms, GoMissing } from './controlplane/binaries.ts';
import { buildClient, type Client, ClientMissing } from './peers/build-client.ts';
import { conclude, type Outcome, specs } from './testing/outcome.ts';

const programs = ['etcd', 'kube-apiserver', 'kubectl'] as const;
/** What has to be made for each. */
const clients = {
  kubectl: [],
  'client-go': ['client-go'],
  'controller-runtime': ['controller-runtime'],
  kopf: ['kopf'],
  documented: ['documented-go', 'documented-python'],
} as const satisfies Readonly<Record<string, readonly Client[]>>;
const peers = Object.keys(clients) as readonly (keyof typeof clients)[];
type Peer = (typeof peers)[number];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(peers as readonly string[]).includes(name));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(', ')}; there are ${peers.join(', ')}`);
  process.exit(2);
}
const chosen = asked.length === 0 ? peers : peers.filter((name) => asked.includes(name));

const outcomes: Outcome[] = [];
const ready: Peer[] = [];
for (const peer of chosen) {
  try {
    await buildPrograms(programs, { log: console.log });
    for (const client of clients[peer]) await buildClient(client, console.log);
    ready.push(peer);
  } catch (cause) {
    if (!(cause instanceof GoMissing || cause instanceof ClientMissing)) throw cause;
    console.log(`FAILED: ${peer} did not run: ${cause.message}`);
    outcomes.push({ passed: 0, failed: 1 });
  }
}
if (ready.length > 0)
  outcomes.push(
    await specs(
      'test:peers:spec',
      ready.map((peer) => `spec/peers/${peer}.spec.ts`),
    ),
  );
conclude(outcomes);
