import { Subscription } from 'rxjs';
import type { KubernetesObject, SharedInformer } from 'kuberx';
import { informerFactory, type PageConnection, pageConnection } from 'kuberx/http';

/** What the specs of the transport ask a page. */
export interface InformerPage {
  readonly connection: () => PageConnection['connection$']['value'];
  readonly start: (resources: readonly (readonly [resource: string, namespace: string])[]) => void;
  /** The phase of each informer that is not synced, or why it is held; `synced` for the others. */
  readonly states: () => string[];
  readonly isStale: () => boolean[];
  readonly sizes: () => number[];
  /** The fewest objects that an informer had since it synced, over all times. */
  readonly fewest: () => number[];
  /** How long `/ping` took at the longest, in milliseconds, asked over and over until now. */
  readonly longestPing: () => number;
  readonly hide: (isHidden: boolean) => void;
  /** The machine sleeps: the clock goes on. */
  readonly sleep: (milliseconds: number) => void;
}

const { searchParams } = new URL(location.href);
const cluster: { readonly http: PageConnection } = {
  http: pageConnection({ server: location.origin, hiddenAfter: Number(searchParams.get('hiddenAfter') ?? 30_000) }),
};
const informers: SharedInformer<KubernetesObject>[] = [];
const least: number[] = [];
const factory = informerFactory(cluster.http);
const holds = new Subscription();
let longest = 0;

async function pingForEver(): Promise<void> {
  for (;;) {
    const asked = performance.now();
    await (await fetch('/ping')).text();
    longest = Math.max(longest, performance.now() - asked);
    await new Promise((resolve) => void setTimeout(resolve, 100));
  }
}

const page: InformerPage = {
  connection: () => cluster.http.connection$.value,
  start: (resources) => {
    for (const [resource, namespace] of resources) {
      const informer = factory.informer(resource as 'v1/pods', {
        namespace,
      }) as unknown as SharedInformer<KubernetesObject>;
      const index = informers.push(informer) - 1;
      holds.add(
        informer.snapshot$.subscribe(({ synced, size }) => {
          if (synced) least[index] = Math.min(least[index] ?? Infinity, size);
        }),
      );
    }
    void pingForEver();
  },
  states: () =>
    informers.map(({ status$: { value } }) => (value.synced ? 'synced' : `${value.phase} ${value.held ?? ''}`.trim())),
  isStale: () => informers.map(({ status$ }) => status$.value.stale),
  sizes: () => informers.map(({ snapshot$ }) => snapshot$.value.size),
  fewest: () => least,
  longestPing: () => longest,
  hide: (isHidden) => {
    Object.defineProperty(document, 'visibilityState', { value: isHidden ? 'hidden' : 'visible', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  },
  sleep: (milliseconds) => {
    const { now } = Date;
    Date.now = () => now() + milliseconds;
  },
};
Object.assign(globalThis, { kube: page });
