import { asyncScheduler } from 'rxjs';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Dehydrated, DehydratedSource } from './dehydrated.ts';
import type { KubeSnapshot } from './kube-factory.ts';
import { KubeMoment, mostObjects, nothingYet, statusOfMoment } from './kube-moment.ts';
import type { KubeSource } from './kube-source.ts';
import type { Moments } from './moments.ts';

/** Options of {@link dehydration}. */
export interface DehydrationOptions {
  /** How many objects of a resource are rendered and taken along at most; of more the page shows that they are loading. 1 to 2,000, which is the default. */
  readonly limit?: number | undefined;
}

/** What a page that is rendered on a server shows: for one request. See {@link dehydration}. */
export interface Dehydration extends Moments {
  /** @internal */
  readonly taken: () => Dehydrated;
}

type Left = Dehydrated['left'][number]['reason'];

interface Taken {
  readonly source: KubeSource<KubernetesObject>;
  moment: KubeMoment<KubernetesObject> | undefined;
  isLate: boolean;
  left: Left;
}

/**
 * Begins to render a page on a server: one for each request, since it remembers the objects that this page shows. All its components
 * show one moment of each resource. Secrets are never rendered from, nor is more than the limit: there the page shows that it loads.
 *
 * Throws a RangeError for an invalid limit.
 *
 * ```ts
 * import { createElement, type ReactNode } from 'react';
 * import { renderToString } from 'react-dom/server';
 *
 * function answer(factory: KubeFactory, page: ReactNode): string {
 *   const shown = dehydration();
 *   const html = renderToString(createElement(KubeProvider, { factory, dehydration: shown }, page));
 *   const state = JSON.stringify(dehydrate(shown)).replaceAll('<', '\\u003c');
 *   return `<div id="root">${html}</div><script id="state" type="application/json">${state}</script>`;
 * }
 * ```
 */
export function dehydration({ limit = mostObjects }: DehydrationOptions = {}): Dehydration {
  if (!Number.isInteger(limit) || limit < 1 || limit > mostObjects)
    throw new RangeError(`limit is ${limit}; it takes a whole number from 1 to ${mostObjects}.`);
  const all = new Map<string, Taken>();

  function take(each: Taken): KubeMoment<KubernetesObject> | undefined {
    const reason = reasonToLeave(each.source, limit);
    if (reason === undefined) each.moment ??= momentOf(each.source);
    else each.left = reason;
    return each.moment;
  }

  return {
    of: <T extends KubernetesObject>(given: KubeSource<T>, waits: boolean): KubeMoment<T> => {
      const source = given as unknown as KubeSource<KubernetesObject>;
      let each = all.get(source.name);
      if (each === undefined)
        all.set(source.name, (each = { source, moment: undefined, isLate: false, left: 'not synced' }));
      if (each.isLate && !waits) return nothingYet;
      const moment = each.moment ?? take(each);
      if (moment === undefined && !waits) each.isLate = true;
      return (moment ?? nothingYet) as unknown as KubeMoment<T>;
    },
    taken: () => {
      const sources = [...all.values()].flatMap(({ source, moment, isLate }) =>
        moment === undefined ? [] : [dehydratedSource(source, moment, isLate)],
      );
      const left = [...all.values()]
        .filter(({ moment }) => moment === undefined)
        .map(({ source: { resource }, left: reason }) => ({ resource, reason }));
      return { kuberx: 1, sources, left };
    },
  };
}

/**
 * Returns what a page was rendered with, as JSON, for the page to go on from: it shows the same, and watches from the version of the
 * server's state without a list. It holds whole objects. So it is for the user who may read them, and for nobody else: send it with
 * `Cache-Control: private`. Of Secrets it never holds anything.
 *
 * ```ts
 * const shown = dehydration();
 * console.log(dehydrate(shown).left);
 * ```
 */
export function dehydrate(shown: Dehydration): Dehydrated {
  return shown.taken();
}

function reasonToLeave({ resource, parts, state }: KubeSource<KubernetesObject>, limit: number): Left | undefined {
  if (/(^|\/)secrets$/.test(resource)) return 'secret';
  const { status, denied } = state.value;
  const snapshots = [...parts].filter(([name]) => !denied.includes(name)).map(([, { snapshot$ }]) => snapshot$.value);
  if (!status.synced || snapshots.length === 0) return 'not synced';
  if (snapshots.reduce((sum, { size }) => sum + size, 0) > limit) return 'too many objects';
  return snapshots.every(({ resourceVersion }) => (resourceVersion ?? '') !== '') ? undefined : 'no version';
}

function momentOf({ parts, state }: KubeSource<KubernetesObject>): KubeMoment<KubernetesObject> {
  const { status, denied } = state.value;
  const snapshots = new Map<string, KubeSnapshot<KubernetesObject>>();
  for (const [name, { snapshot$ }] of parts) if (!denied.includes(name)) snapshots.set(name, snapshot$.value);
  const asOf = status.stale ? status.since : asyncScheduler.now();
  return new KubeMoment(snapshots, { status: statusOfMoment(asOf, status.stale), denied });
}

function dehydratedSource(
  { name }: KubeSource<KubernetesObject>,
  { snapshots, state: { status, denied } }: KubeMoment<KubernetesObject>,
  isLate: boolean,
): DehydratedSource {
  const parts = [...snapshots].map(([namespace, snapshot]) => ({
    namespace,
    objects: snapshot.list(),
    resourceVersion: snapshot.resourceVersion ?? '',
  }));
  return { name, asOf: status.since, stale: status.stale, isLate, denied, parts };
}
