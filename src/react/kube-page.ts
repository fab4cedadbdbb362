import { type Observable, Subject } from 'rxjs';
import { reportUnhandled } from '../streams/report-unhandled.ts';
import type { CollectionOptions } from '../protocol/collection-options.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { DehydratedSource } from './dehydrated.ts';
import type { Hydration } from './hydration.ts';
import type { KubeFactory, KubeInformer, KubeSeed } from './kube-factory.ts';
import type { KubeScope } from './kube-options.ts';
import { KubeSource } from './kube-source.ts';

const pages = new WeakMap<KubeFactory, KubePage>();

/** Returns the sources of a factory: the same for each provider that takes it. */
export function pageOf(factory: KubeFactory): KubePage {
  let page = pages.get(factory);
  if (page === undefined) pages.set(factory, (page = new KubePage(factory)));
  return page;
}

/** All sources that the components under a provider read. */
export class KubePage {
  readonly factory: KubeFactory;
  /** Emits when a source is held from now on, or no longer. */
  readonly heldChanged$: Observable<void>;
  private readonly changes$ = new Subject<void>();
  private readonly byName = new Map<string, KubeSource<KubernetesObject>>();

  constructor(factory: KubeFactory) {
    this.factory = factory;
    this.heldChanged$ = this.changes$.asObservable();
  }

  /** The source of a resource and scope: the same one for equal values. Throws what the factory throws. */
  source<T extends KubernetesObject>(resource: string, scope: KubeScope, hydration?: Hydration): KubeSource<T> {
    const { labelSelector, fieldSelector } = scope.server ?? {};
    const namespaces = checkedNamespaces(scope.namespaces);
    const name = JSON.stringify([resource, namespaces, labelSelector ?? '', fieldSelector ?? '']);
    let source = this.byName.get(name);
    if (source === undefined) {
      const parts = namespaces.map((namespace): [string, KubeInformer<KubernetesObject>] => {
        const selection: CollectionOptions = { namespace, labelSelector, fieldSelector };
        return [namespace, this.informer(resource, selection, seedOf(hydration?.source(name), namespace))];
      });
      source = new KubeSource({ name, resource, parts: new Map(parts), heldChanged: () => this.changes$.next() });
      this.byName.set(name, source);
    }
    return source as unknown as KubeSource<T>;
  }

  private informer(resource: string, selection: CollectionOptions, seed?: KubeSeed): KubeInformer<KubernetesObject> {
    try {
      if (seed !== undefined) return this.factory.informer(resource, selection, { seed });
    } catch (cause) {
      // Without it the page works as well: it lists.
      reportUnhandled(cause instanceof Error ? cause : new Error(String(cause)));
    }
    return this.factory.informer(resource, selection);
  }

  /** The sources that somebody holds. */
  held(): readonly KubeSource<KubernetesObject>[] {
    return [...this.byName.values()].filter(({ isHeld }) => isHeld);
  }
}

function seedOf(source: DehydratedSource | undefined, namespace: string): KubeSeed | undefined {
  const part = source?.parts.find((each) => each.namespace === namespace);
  if (source === undefined || part === undefined) return undefined;
  return { objects: part.objects, resourceVersion: part.resourceVersion, asOf: source.asOf };
}

/** The namespaces to watch, each once; `''` for all of them together. */
function checkedNamespaces(namespaces: readonly string[] | undefined): readonly string[] {
  const given: unknown = namespaces;
  if (given === undefined) return [''];
  // A text alone would be a namespace for each of its letters.
  if (Array.isArray(given) && given.every((each) => typeof each === 'string')) return [...new Set(given)].sort();
  throw new TypeError("namespaces takes an array of texts such as ['default']. Nothing was started.");
}
