import { Subject, type Subscription } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { type InformerStatus, type KubernetesObject, type SharedInformer, sharedInformer } from 'kuberx';
import { type Connection, listWatch, type PageConnection } from 'kuberx/http';
import { ApiServer } from 'kuberx/testing/apiserver';
import { pageConnectionOver, type PageParts } from '#src/http/page/page-connection-over.ts';
import type { PageSignal } from '#src/http/page/page-signals.ts';

/** A page and its server in virtual time. */
export interface VirtualPage {
  readonly server: ApiServer;
  readonly page: PageConnection;
  readonly scheduler: TestScheduler;
  /** States of the connection as they came, with their times: `1000 live`. */
  readonly states: string[];
  readonly signal: (signal: PageSignal) => void;
  /** The machine sleeps: the wall clock goes on, timers do not. */
  readonly sleep: (milliseconds: number) => void;
  /** An informer over the page that is held to the end. */
  readonly informer: (resource: string, namespace?: string) => SharedInformer<KubernetesObject>;
  /** Runs an action at a time. */
  readonly at: (milliseconds: number, action: () => void) => void;
  readonly statuses: () => InformerStatus[];
  readonly connection: () => Connection;
}

/** Runs a page for some time. */
export function virtualPage(
  milliseconds: number,
  play: (page: VirtualPage) => void,
  options: {
    readonly latency?: number;
    readonly hidden?: boolean;
    readonly parts?: Partial<PageParts>;
    readonly token?: string;
  } = {},
): VirtualPage {
  const scheduler = new TestScheduler(() => undefined);
  const signals$ = new Subject<PageSignal>();
  const surroundings = { isHidden: options.hidden ?? false, isOffline: false, signals$ };
  const holds: Subscription[] = [];
  const informers: SharedInformer<KubernetesObject>[] = [];
  const states: string[] = [];
  let slept = 0;
  let virtual!: VirtualPage;
  scheduler.run(({ flush }) => {
    const { latency = 50, parts = {}, token } = options;
    const server = new ApiServer({ listen: false, scheduler, random: () => 0.5, latency, ...(token && { token }) });
    const made: PageParts = {
      fetchClient: server.http,
      headers: undefined,
      origin: 'http://memory',
      ignoresNetwork: false,
      signals: surroundings,
      scheduler,
      clock: { now: () => scheduler.now() + slept },
      random: () => 0.5,
      isMultiplexed: () => true,
      WebSocket: undefined,
      socketUrl: (path) => path,
      maxStreams: undefined,
      hiddenAfter: 30_000,
      silenceTimeout: Infinity,
      ...parts,
    };
    virtual = { page: pageConnectionOver(made) } as VirtualPage;
    const connection$ = virtual.page.connection$;
    holds.push(
      connection$.subscribe(({ state }) => {
        if (!states.at(-1)?.endsWith(` ${state}`)) states.push(`${scheduler.now()} ${state}`);
      }),
    );
    virtual = {
      server,
      page: virtual.page,
      scheduler,
      states,
      signal: (signal) => {
        if (signal === 'hidden' || signal === 'shown') surroundings.isHidden = signal === 'hidden';
        if (signal === 'offline' || signal === 'online') surroundings.isOffline = signal === 'offline';
        signals$.next(signal);
      },
      sleep: (time) => (slept += time),
      informer: (resource, namespace) => {
        const selection = namespace === undefined ? {} : { namespace };
        const listerWatcher = listWatch(virtual.page, resource as 'v1/pods', selection);
        const informer = sharedInformer(listerWatcher as never, {
          scheduler: scheduler,
          random: () => 0.5,
        });
        holds.push(informer.connect());
        informers.push(informer);
        return informer;
      },
      at: (time, action) => void scheduler.schedule(action, time - scheduler.now()),
      statuses: () => informers.map(({ status$ }) => status$.value),
      connection: () => connection$.value,
    };
    play(virtual);
    virtual.at(milliseconds, () => {
      for (const hold of holds) hold.unsubscribe();
    });
    flush();
  });
  return virtual;
}

/** How many requests the server has seen, by verb. */
export function counts({ requests }: ApiServer, from = 0): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const { verb = 'other' } of requests.slice(from)) counted[verb] = (counted[verb] ?? 0) + 1;
  return counted;
}
