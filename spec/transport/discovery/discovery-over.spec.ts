import { delay, firstValueFrom, NEVER, Observable, Subject, VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { KubeError } from 'kuberx';
import {
  type DiscoveredApis,
  discovery,
  type Discovery,
  type HttpClient,
  resourceClient,
  UnknownResourceError,
} from 'kuberx/http';
import type { ApiServer, InterceptedReply } from 'kuberx/testing/apiserver';
import { older, widgetServer } from './served.ts';

const list = (...plurals: string[]): object => ({
  kind: 'APIGroupDiscoveryList',
  items: [
    {
      metadata: { name: 'a.io' },
      versions: [
        {
          version: 'v1',
          resources: plurals.map((resource) => ({ resource, responseKind: { kind: resource }, scope: 'Cluster' })),
        },
      ],
    },
  ],
});

/** A server in memory whose groups can be changed, and how often it was asked. */
class Scene {
  readonly scheduler = new VirtualTimeScheduler();
  readonly server: ApiServer = widgetServer({ scheduler: this.scheduler, random: () => 0 });
  readonly apis: Discovery = discovery(this.server.http, { scheduler: this.scheduler });

  /** What `/apis` is answered with; unset: what the server has. */
  #reply: InterceptedReply | undefined;

  constructor() {
    this.server.intercept(({ path }) => (path === '/apis' ? this.#reply : undefined));
  }

  serve(...plurals: string[]): void {
    this.#reply = { code: 200, body: list(...plurals) };
  }

  /** Fails until the result is called. */
  fails(code: number): () => void {
    const before = this.#reply;
    this.#reply = { code };
    return () => (this.#reply = before);
  }

  /** The server over a line on which each part takes so long. */
  slow(period: number): HttpClient {
    return (request) => this.server.http(request).pipe(delay(period, this.scheduler));
  }

  get asked(): number {
    return this.server.requests.filter(({ path }) => path === '/apis').length;
  }

  /** Runs what is to come within a time. */
  wait(period: number): void {
    const end = this.scheduler.now() + period;
    this.scheduler.schedule(() => undefined, period);
    this.scheduler.maxFrames = end;
    this.scheduler.flush();
    this.scheduler.frame = end;
  }
}

describe('discovery', () => {
  it('sends nothing before it is asked, and asks the server once', async () => {
    const scene = new Scene();
    const { apis } = scene;
    const pods$ = apis.resource('po');
    expect(scene.asked).toBe(0);
    expect(await pods$).toMatchObject({ name: 'v1/pods', namespaced: true, kind: 'Pod' });
    expect(await pods$).toMatchObject({ name: 'v1/pods' });
    expect(await apis.ofKind({ apiVersion: 'apps/v1', kind: 'Deployment' })).toMatchObject({ plural: 'deployments' });
    expect((await apis.all()).failures).toEqual([]);
    expect(scene.asked).toBe(1);
  });

  it('makes one request for all who ask at once, and aborts it with the last of them', () => {
    let [sent, open] = [0, 0];
    const hanging$ = new Observable<never>(() => {
      [sent, open] = [sent + 1, open + 1];
      return () => (open -= 1);
    });
    const apis = discovery(() => hanging$, { scheduler: new VirtualTimeScheduler() });
    const asking = [apis.resource('pods'), apis.ofKind({ apiVersion: 'v1', kind: 'Pod' }), apis.all(), apis.refresh()];
    const subscriptions = asking.map((question) => (question as Observable<unknown>).subscribe());
    expect([sent, open]).toEqual([2, 2]);
    for (const subscription of subscriptions.slice(1)) subscription.unsubscribe();
    expect(open).toBe(2);
    subscriptions[0]!.unsubscribe();
    expect(open).toBe(0);
    apis.all().subscribe().unsubscribe();
    expect([sent, open]).toEqual([4, 0]);
  });

  it('asks again for what is not known, at most once in 5 s', async () => {
    const scene = new Scene();
    const { apis } = scene;
    scene.serve('as');
    await expect(apis.resource('bs')).rejects.toThrow(UnknownResourceError);
    expect(scene.asked).toBe(1);
    await expect(apis.resource('bs')).rejects.toThrow(UnknownResourceError);
    expect(scene.asked).toBe(2);
    scene.serve('as', 'bs');
    scene.wait(4999);
    await expect(apis.resource('bs')).rejects.toThrow(UnknownResourceError);
    await expect(apis.ofKind({ apiVersion: 'a.io/v1', kind: 'bs' })).rejects.toThrow('"a.io/v1/bs"');
    expect(scene.asked).toBe(2);
    scene.wait(1);
    expect(await apis.resource('bs')).toMatchObject({ name: 'a.io/v1/bs' });
    expect(await apis.ofKind({ apiVersion: 'a.io/v1', kind: 'bs' })).toMatchObject({ name: 'a.io/v1/bs' });
    expect(scene.asked).toBe(3);
  });

  it('makes one request for all who miss something at once', async () => {
    const scene = new Scene();
    scene.serve('as');
    const apis = discovery(scene.slow(10), { scheduler: scene.scheduler });
    apis.all().subscribe();
    scene.wait(20);
    scene.serve('as', 'bs', 'ds2');
    const found = Promise.all([apis.resource('bs'), apis.resource('ds2')].map((each) => firstValueFrom(each)));
    expect(scene.asked).toBe(2);
    scene.wait(20);
    expect(await found).toMatchObject([{ name: 'a.io/v1/bs' }, { name: 'a.io/v1/ds2' }]);
    expect(scene.asked).toBe(2);
  });

  it('asks again after a request that found no such resource, at most once in 5 s', async () => {
    const scene = new Scene();
    const { apis } = scene;
    await apis.all();
    const notServed = new KubeError({ reason: 'NotFound', resource: 'a.io/v1/bs', message: 'none', code: 404 });
    apis.noticeFailure(notServed);
    expect(scene.asked).toBe(1);
    await apis.resource('pods');
    expect(scene.asked).toBe(2);
    apis.noticeFailure(notServed);
    await apis.resource('pods');
    expect(scene.asked).toBe(2);
    scene.wait(5000);
    // A missing object, another failure, and what is none.
    const status = { reason: 'NotFound', details: { name: 'b' } };
    apis.noticeFailure(new KubeError({ reason: 'NotFound', resource: 'a', message: 'none', code: 404, status }));
    apis.noticeFailure(new KubeError({ reason: 'Network', resource: 'a', message: 'cut off' }));
    apis.noticeFailure(undefined);
    await apis.resource('pods');
    expect(scene.asked).toBe(2);
    apis.noticeFailure(notServed);
    await apis.resource('pods');
    expect(scene.asked).toBe(3);
  });

  it('takes what an informer or a client says of a resource that is not served', async () => {
    const scene = new Scene();
    const { apis, server } = scene;
    await apis.all();
    const client = resourceClient(server.http, 'a.io/v1/bs');
    const error: unknown = await firstValueFrom(client.get({ name: 'b' })).catch((reason: unknown) => reason);
    apis.noticeFailure(error);
    await apis.all();
    expect(scene.asked).toBe(2);
    scene.wait(5000);
    const pods = resourceClient(server.http, 'v1/pods');
    const missing: unknown = await firstValueFrom(pods.get({ name: 'b', namespace: 'a' })).catch((r: unknown) => r);
    expect(missing).toMatchObject({ reason: 'NotFound' });
    apis.noticeFailure(missing);
    await apis.all();
    expect(scene.asked).toBe(2);
  });

  it('is not held up by a clock that is set back', async () => {
    const scene = new Scene();
    scene.serve('as');
    scene.wait(60_000);
    await scene.apis.all();
    await expect(scene.apis.resource('bs')).rejects.toThrow(UnknownResourceError);
    scene.scheduler.frame = 0;
    await expect(scene.apis.resource('bs')).rejects.toThrow(UnknownResourceError);
    expect(scene.asked).toBe(3);
  });

  it('does not keep a failure, and keeps the last answer through one', async () => {
    const scene = new Scene();
    const { apis } = scene;
    const stop = scene.fails(503);
    await expect(apis.all()).rejects.toMatchObject({ reason: 'ServiceUnavailable', resource: 'apis' });
    stop();
    const before = await apis.all();
    scene.fails(503);
    await expect(apis.refresh()).rejects.toMatchObject({ reason: 'ServiceUnavailable' });
    expect(await apis.all()).toBe(before);
    // Whether it is served now, nobody knows.
    await expect(apis.resource('bs')).rejects.toMatchObject({ reason: 'ServiceUnavailable' });
  });

  it('hides no group behind one whose backend is down', async () => {
    const server = widgetServer();
    server.intercept(({ path }) => (path === '/apis/other.example.com/v1' ? { code: 503 } : undefined));
    const apis = discovery(older(server.http));
    expect(await apis.resource('wd')).toMatchObject({ name: 'example.com/v1/widgets' });
    expect((await apis.all()).failures).toMatchObject([
      { where: 'other.example.com/v1', error: { reason: 'ServiceUnavailable' } },
    ]);
    await expect(apis.resource('thing')).rejects.toThrow('it did not tell all of other.example.com/v1');
  });

  it('fails with Timeout where a server does not answer within 30 s', () => {
    const scene = new Scene();
    const apis = discovery(() => NEVER, { scheduler: scene.scheduler });
    const errors: unknown[] = [];
    apis.all().subscribe({ error: (error: unknown) => errors.push(error) });
    scene.wait(29_999);
    expect(errors).toEqual([]);
    scene.wait(1);
    expect(errors).toMatchObject([{ reason: 'Timeout', message: 'discovery: no answer within 30 s' }]);
  });
});

describe('refreshOn', () => {
  const namesOf = ({ resources }: DiscoveredApis): string[] =>
    resources.filter(({ group }) => group === 'a.io').map(({ plural }) => plural);

  it('emits what is served now, and once more after a burst of changes', async () => {
    const scene = new Scene();
    const { apis } = scene;
    scene.serve('as');
    const changes$ = new Subject<string>();
    const seen: string[][] = [];
    const subscription = apis.refreshOn(changes$).subscribe((served) => seen.push(namesOf(served)));
    expect(seen).toEqual([['as']]);
    scene.serve('as', 'bs');
    changes$.next('added');
    changes$.next('established');
    // Whoever asks meanwhile is not told what was.
    expect(await apis.resource('bs')).toMatchObject({ plural: 'bs' });
    scene.wait(1000);
    expect(seen).toEqual([['as'], ['as', 'bs']]);
    expect(scene.asked).toBe(2);
    subscription.unsubscribe();
    expect(changes$.observed).toBe(false);
  });

  it('does not take the answer to a question from before a change', () => {
    const scene = new Scene();
    scene.serve('as');
    const apis = discovery(scene.slow(5000), { scheduler: scene.scheduler });
    const changes$ = new Subject<void>();
    const seen: string[][] = [];
    const asked: string[][] = [];
    apis.refreshOn(changes$).subscribe((served) => seen.push(namesOf(served)));
    apis.all().subscribe((served) => asked.push(namesOf(served)));
    scene.wait(1000);
    scene.serve('bs');
    changes$.next();
    scene.wait(4500);
    expect([seen, asked]).toEqual([[], [['as']]]);
    scene.wait(1500);
    expect(seen).toEqual([['bs']]);
  });

  it('tells of a failure beside the last answer, and tries again', () => {
    const scene = new Scene();
    scene.serve('as');
    const changes$ = new Subject<void>();
    const seen: unknown[] = [];
    scene.apis
      .refreshOn(changes$)
      .subscribe((served) =>
        seen.push([namesOf(served), served.failures.map(({ where, error }) => [where, error.reason])]),
      );
    const stop = scene.fails(503);
    changes$.next();
    scene.wait(1000);
    scene.wait(1000);
    const failed = [['as'], [['/', 'ServiceUnavailable']]];
    expect(seen).toEqual([[['as'], []], failed, failed]);
    stop();
    scene.serve('bs');
    scene.wait(1999);
    expect(seen).toHaveLength(3);
    scene.wait(1);
    expect(seen.slice(3)).toEqual([[['bs'], []]]);
    scene.wait(600_000);
    expect(seen).toHaveLength(4);
  });

  it('says so where the server has never answered', () => {
    const scene = new Scene();
    scene.fails(500);
    const seen: DiscoveredApis[] = [];
    const subscription = scene.apis.refreshOn(NEVER).subscribe((served) => seen.push(served));
    expect(seen).toMatchObject([{ resources: [], failures: [{ where: '/', error: { reason: 'InternalError' } }] }]);
    subscription.unsubscribe();
    scene.wait(600_000);
    expect(scene.asked).toBe(1);
  });
});
