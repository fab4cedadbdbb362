/**
 * What a runtime has to be able to do: list, watch, write, survive an error of a subscriber and a connection that breaks, and
 * end by itself when nobody subscribes any more. Prints what happened, one line for each step. Runs in Node, Bun and Deno, on
 * the server that the environment names (`SERVER`, `CA`), or else on an embedded one in the same process. With the argument
 * `fetch` it lists and watches by the runtime's `fetch`.
 */
import process from 'node:process';
import { type KubernetesObject, sharedInformer } from 'kuberx';
import { fetchHttpClient, listWatch as fetchListWatch } from 'kuberx/http';
import { listWatch, resourceClient, type RestConfig } from 'kuberx/rest';
import { type ApiServer, apiServer } from 'kuberx/testing/apiserver';

type ConfigMap = KubernetesObject & { readonly data?: Readonly<Record<string, string>> };

const { SERVER: url, CA: ca } = process.env;
const own: ApiServer | undefined = url === undefined ? await apiServer() : undefined;
const config: RestConfig = { server: url ?? own!.url, ...(ca !== undefined && { ca }) };
const resource = 'v1/configmaps';
const namespace = 'default';

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 1500) throw new Error(`not within 15 s: ${what}; told ${told.join(', ')}; thrown ${thrown.join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Errors that RxJS throws on a timer, because a subscriber threw them. They end a process that does not look at them. */
const thrown: string[] = [];
process.on('uncaughtException', (error: Error) => {
  thrown.push(error.message);
  if (error.message === 'a subscriber') return;
  console.log(error);
  process.exit(1);
});
const told: string[] = [];
const handled: string[] = [];

const client = resourceClient<ConfigMap>(config, resource);
const configMap = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } });
for (const name of ['a', 'b']) await client.delete({ name, namespace }).then(undefined, () => undefined);
await client.create(configMap('a'));
const listerWatcher = process.argv.includes('fetch')
  ? fetchListWatch<ConfigMap>(fetchHttpClient({ server: config.server }), resource, { namespace })
  : listWatch<ConfigMap>(config, resource, { namespace });
const informer = sharedInformer(listerWatcher, {
  onHandlerError: (error) => handled.push(String(error instanceof Error ? (error.cause ?? error) : error)),
});
let connections = 0;
const running = [
  informer.events$.subscribe(() => {
    throw new Error('a subscriber');
  }),
  informer.events$.subscribe(({ type, object }) => told.push(`${type} ${object.metadata.name}`)),
  informer.status$.subscribe(({ phase }) => {
    if (phase === 'watching') connections += 1;
  }),
];
const registration = informer.addEventHandler({
  onAdd: () => {
    throw new Error('a handler');
  },
});
await informer.whenSynced();
console.log(`synced: ${informer.snapshot$.value.size}`);

await client.create(configMap('b'));
await until('added', () => told.includes('added b'));
await client.patch({ name: 'b', namespace }, { type: 'merge', body: { data: { size: '1' } } });
await until('updated', () => told.includes('updated b'));
const before = connections;
if (own === undefined) await fetch(new URL('/break', process.env['CONTROL']));
else own.endStreams({ how: 'reset' });
await until('connected again', () => connections > before);
await client.delete({ name: 'b', namespace });
await until('deleted', () => told.includes('deleted b'));
console.log(`told: ${told.join(', ')}`);
await until('handled', () => handled.length === 2);
await until('thrown', () => thrown.length === 4);
console.log(`handled: ${handled.join(', ')}; thrown: ${thrown.join(', ')}`);
const reason = await client.get({ name: 'none', namespace }).then(
  () => 'found',
  (error: unknown) => (error as { reason?: unknown }).reason,
);
console.log(`an object that is not there: ${String(reason)}`);
await client.delete({ name: 'a', namespace });

for (const subscription of running) subscription.unsubscribe();
registration.remove();
await own?.stop();
console.log('unsubscribed');
