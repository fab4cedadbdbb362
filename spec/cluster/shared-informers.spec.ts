import { finalize, tap } from 'rxjs';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { type InformerEvent, type KubernetesObject, metaNamespaceKey, type SharedInformer } from 'kuberx';
import type { HttpEvent } from 'kuberx/http';
import { informerFactory, kubeHttpClient, loadKubeConfig, type ResourceInformerFactory } from 'kuberx/client-node';
import { GoMissing } from '../../scripts/controlplane/binaries.ts';
import { ConfigMapWriter } from '../../scripts/controlplane/config-map-writer.ts';
import { startControlPlane, type ControlPlane } from '../../scripts/controlplane/control-plane.ts';
import { deleteFromEtcd } from '../../scripts/controlplane/etcd.ts';
import { request } from '../../scripts/controlplane/http-request.ts';
import { freshList } from '../conformance/fresh-list.ts';

/** How long anything may take that is waited for, in milliseconds. */
const timeout = 60_000;

const controlPlane = await startControlPlane().catch((error: unknown) => {
  if (error instanceof GoMissing) return undefined;
  throw error;
});

afterAll(() => controlPlane?.stop());

/** What one subscriber makes of its events: the objects by key, and what contradicts what it was told before. */
class Replay {
  readonly informer: SharedInformer<KubernetesObject>;
  readonly objects = new Map<string, KubernetesObject>();
  readonly contradictions: string[] = [];
  readonly deletions: string[] = [];
  events = 0;

  constructor(informer: SharedInformer<KubernetesObject>) {
    this.informer = informer;
    const subscription = informer.events$.subscribe((event) => this.take(event));
    onTestFinished(() => subscription.unsubscribe());
  }

  private take(event: InformerEvent<KubernetesObject>): void {
    const { type, object } = event;
    const key = metaNamespaceKey(object);
    const before = this.objects.get(key);
    this.events += 1;
    const follows =
      type === 'added'
        ? before === undefined
        : type === 'updated'
          ? before === event.oldObject
          : before?.metadata.uid === object.metadata.uid;
    const isState = this.informer.snapshot$.value.getByKey(key) === object;
    if (!follows || (isState && type === 'deleted')) this.contradictions.push(`${type} ${key}`);
    if (type === 'deleted') this.deletions.push(object.metadata.name);
    if (type === 'deleted') this.objects.delete(key);
    else this.objects.set(key, object);
  }

  /** Waits for so many more events. */
  async more(count: number): Promise<void> {
    const { events } = this;
    await expect.poll(() => this.events - events, { timeout }).toBeGreaterThan(count);
  }
}

/** The watches that a client sends, by path: how many, how many are open, and how many were at most. */
class Watches {
  readonly sent: Record<string, number> = {};
  readonly open: Record<string, number> = {};
  readonly most: Record<string, number> = {};

  start(path: string): void {
    const { sent, open, most } = this;
    sent[path] = (sent[path] ?? 0) + 1;
    open[path] = (open[path] ?? 0) + 1;
    most[path] = Math.max(most[path] ?? 0, open[path]);
  }

  end(path: string): void {
    this.open[path] = (this.open[path] ?? 0) - 1;
  }
}

/** A factory whose watches are counted. It ends with the test. */
function countedFactory({ kubeconfig }: ControlPlane): { factory: ResourceInformerFactory; watches: Watches } {
  const kubeConfig = loadKubeConfig(kubeconfig);
  const watches = new Watches();
  const factory = informerFactory(kubeConfig, {
    backoff: { initial: 100, max: 1000 },
    http(asked) {
      const answer$ = kubeHttpClient(kubeConfig)(asked);
      const [path = '', query = ''] = asked.path.split('?');
      if (!query.includes('watch=true')) return answer$;
      const counted = { subscribe: () => watches.start(path) };
      return answer$.pipe(
        tap<HttpEvent>(counted),
        finalize(() => watches.end(path)),
      );
    },
  });
  onTestFinished(() => factory.shutdown());
  return { factory, watches };
}

/** The watches that are open at the server, the apiserver's own included, by its own count. */
async function watchesAtServer({ url, ca, token }: ControlPlane): Promise<Record<string, number>> {
  const { body } = await request(`${url}/metrics`, { ca, token, timeout });
  const counts: Record<string, number> = { 'configmaps cluster': 0, 'configmaps namespace': 0, 'secrets cluster': 0 };
  for (const line of body.split('\n').filter((each) => each.startsWith('apiserver_longrunning_requests{'))) {
    const label = (name: string): string => new RegExp(`[{,]${name}="([^"]*)"`).exec(line)?.[1] ?? '';
    const what = `${label('resource')} ${label('scope')}`;
    if (label('verb') === 'WATCH' && what in counts) counts[what] = Number(line.split(' ').at(-1));
  }
  return counts;
}

async function create({ url, ca, token }: ControlPlane, plural: string, name: string): Promise<void> {
  const answer = await request(`${url}/api/v1/namespaces/default/${plural}`, {
    ca,
    token,
    body: { metadata: { name } },
  });
  expect(answer.status).toBe(201);
}

describe.skipIf(controlPlane === undefined)('ten informers of one factory', () => {
  it('are one watch for each resource, and agree, through changes and a restart of the apiserver', async () => {
    const server = controlPlane!;
    const before = await watchesAtServer(server);
    const oneMore = Object.fromEntries(Object.entries(before).map(([what, count]) => [what, count + 1]));
    const { url, ca, token } = server;
    await create(server, 'configmaps', 'doomed');
    const writer = await ConfigMapWriter.start({ url, ca, token, content: 'churn', initial: 200 });
    onTestFinished(() => writer.kill());
    const { factory, watches } = countedFactory(server);
    const everywhere: Replay[] = [];
    const inDefault: Replay[] = [];
    const secrets: Replay[] = [];
    const subscribe = (): void => {
      everywhere.push(new Replay(factory.informer('v1/configmaps') as SharedInformer<KubernetesObject>));
      inDefault.push(new Replay(factory.informer('v1/configmaps', { namespace: 'default' }) as SharedInformer<KubernetesObject>)); // prettier-ignore
      secrets.push(new Replay(factory.informer('v1/secrets') as SharedInformer<KubernetesObject>));
    };

    subscribe();
    await factory.waitForCacheSync();
    await everywhere[0]!.more(50);
    subscribe();
    await create(server, 'secrets', 'first');
    await expect.poll(() => secrets.map(({ objects }) => objects.size), { timeout }).toEqual([1, 1]);
    await everywhere[1]!.more(50);
    expect(await watchesAtServer(server)).toEqual(oneMore);
    expect(Object.values(watches.sent)).toEqual([1, 1, 1]);

    await server.killApiServer();
    for (const { informer } of [everywhere[0]!, inDefault[0]!, secrets[0]!])
      await expect.poll(() => informer.status$.value, { timeout }).toMatchObject({ phase: 'waiting', stale: true });
    // Those who come now have what there is.
    subscribe();
    everywhere.push(new Replay(factory.informer('v1/configmaps') as SharedInformer<KubernetesObject>));
    expect(everywhere[2]!.objects).toEqual(everywhere[0]!.objects);
    await deleteFromEtcd(server.etcd, '/registry/configmaps/default/doomed');
    await server.compact();
    await server.restartApiServer();
    await create(server, 'secrets', 'second');
    await everywhere[0]!.more(100);
    await inDefault[0]!.more(20);
    const { created, changed, deleted, ledger } = await writer.stop();
    expect(Math.min(created, changed, deleted)).toBeGreaterThan(20);

    const lists = [
      [everywhere, await freshList(server, 'v1/configmaps', {})],
      [inDefault, await freshList(server, 'v1/configmaps', { namespace: 'default' })],
      [secrets, await freshList(server, 'v1/secrets', {})],
    ] as const;
    expect(lists.map(([replays]) => replays.length)).toEqual([4, 3, 3]);
    for (const [replays, list] of lists) {
      for (const { informer, objects, contradictions, deletions } of replays) {
        await expect.poll(() => Object.fromEntries(objects), { timeout }).toEqual(list);
        const entries = informer.snapshot$.value.list().map((object) => [metaNamespaceKey(object), object] as const);
        expect(new Map(entries)).toEqual(objects);
        expect(entries.every(([key, object]) => objects.get(key) === object)).toBe(true);
        expect(contradictions).toEqual([]);
        expect(deletions.includes('doomed')).toBe(replays !== secrets);
      }
    }
    expect(Object.keys(lists[2][1])).toEqual(['default/first', 'default/second']);
    const written = Object.entries(ledger).map(([key, version]) => [key, version ?? undefined]);
    expect(written).toEqual(written.map(([key = '']) => [key, everywhere[0]!.objects.get(key)?.metadata.resourceVersion])); // prettier-ignore

    await expect.poll(() => watchesAtServer(server), { timeout }).toEqual(oneMore);
    expect(Object.values(watches.most)).toEqual([1, 1, 1]);
    expect(Object.values(watches.open)).toEqual([1, 1, 1]);
    factory.shutdown();
    expect(Object.values(watches.open)).toEqual([0, 0, 0]);
    await expect.poll(() => watchesAtServer(server), { timeout }).toEqual(before);
  }, 300_000);
});
