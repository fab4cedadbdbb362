import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../protocol/objects/object-key.ts';
import type { Dehydrated, DehydratedPart, DehydratedSource } from './dehydrated.ts';
import type { KubeSnapshot } from './kube-factory.ts';
import { KubeMoment, nothingYet, statusOfMoment } from './kube-moment.ts';
import type { KubeSource } from './kube-source.ts';
import type { Moments } from './moments.ts';

/** What a page goes on from. */
export interface Hydration extends Moments {
  /** The objects of a source that was dehydrated, and when they were up to date. */
  source(name: string): DehydratedSource | undefined;
}

const known = new WeakMap<Dehydrated, Hydration>();

/** Returns what a page goes on from: the same for the same value. Throws a TypeError for another value. */
export function hydrationOf(dehydrated: Dehydrated): Hydration {
  const given: unknown = dehydrated;
  const { kuberx, sources } = Object(given) as { kuberx?: unknown; sources?: unknown };
  if (kuberx !== 1 || !Array.isArray(sources))
    throw new TypeError(
      'hydrate takes what dehydrate of this version has returned. Without it the page lists by itself.',
    );
  let hydration = known.get(dehydrated);
  if (hydration === undefined) known.set(dehydrated, (hydration = hydrationBy(dehydrated)));
  return hydration;
}

function hydrationBy({ sources }: Dehydrated): Hydration {
  const byName = new Map(sources.map((source) => [source.name, source]));
  const moments = new Map<string, KubeMoment<KubernetesObject>>();
  return {
    source: (name) => byName.get(name),
    of: <T extends KubernetesObject>({ name }: KubeSource<T>, waits: boolean): KubeMoment<T> => {
      const source = byName.get(name);
      if (source === undefined || (source.isLate && !waits)) return nothingYet;
      let moment = moments.get(name);
      if (moment === undefined) moments.set(name, (moment = momentOf(source)));
      return moment as unknown as KubeMoment<T>;
    },
  };
}

function momentOf({ asOf, stale, denied, parts }: DehydratedSource): KubeMoment<KubernetesObject> {
  const snapshots = new Map(parts.map((part) => [part.namespace, snapshotOf(part)]));
  return new KubeMoment(snapshots, { status: statusOfMoment(asOf, stale), denied });
}

function snapshotOf({ objects, resourceVersion }: DehydratedPart): KubeSnapshot<KubernetesObject> {
  const byKey = new Map(objects.map((object) => [metaNamespaceKey(object), object]));
  return {
    synced: true,
    size: objects.length,
    resourceVersion,
    list: () => objects,
    getByKey: (key) => byKey.get(key),
  };
}
