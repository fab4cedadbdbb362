import { Subscription } from 'rxjs';
import { type Published, published } from '../streams/published.ts';
import { reportUnhandled } from '../streams/report-unhandled.ts';
import type { Source } from '../streams/source.ts';
import {
  connectionOf,
  type ConnectionOfPage,
  type HeldPart,
  type KubeConnection,
  type StateSince,
  worseOf,
} from './kube-connection.ts';
import type { KubePage } from './kube-page.ts';

/** The connection of all that a page's components hold, and of the page itself. A subscription holds nothing. */
export function shownConnection(page: KubePage, own: ConnectionOfPage | undefined): Published<KubeConnection> {
  let ofHeld: StateSince | undefined;
  let last: KubeConnection | undefined;
  const retryNow = own && ((): void => own.retryNow());
  const signedIn = own && ((): void => own.signedIn());

  function read(): KubeConnection {
    const parts = heldParts(page);
    ofHeld = connectionOf(parts, ofHeld);
    const { state, since } = own === undefined ? ofHeld : worse(ofHeld, own.connection$.value);
    const dues = parts.flatMap(({ status }) => status.retryAt ?? []);
    const retryAt = dues.length === 0 ? undefined : Math.min(...dues);
    const denied = parts.filter(({ isDenied }) => isDenied).map(({ name }) => name);
    const streams = own?.connection$.value.streams;
    const isSame =
      last?.state === state &&
      last.since === since &&
      last.retryAt === retryAt &&
      last.streams === streams &&
      last.denied.join() === denied.join();
    if (!isSame) last = { state, since, retryAt, denied, streams, retryNow, signedIn };
    return last as KubeConnection;
  }

  const source: Source<KubeConnection> = {
    get value() {
      return read();
    },
    subscribe(next) {
      const changed = (): void => next(read());
      const all = new Subscription();
      let statuses = new Subscription();
      const follow = (): void => {
        statuses.unsubscribe();
        statuses = new Subscription();
        for (const { state } of page.held()) statuses.add(state.subscribe(changed));
        changed();
      };
      all.add(page.heldChanged$.subscribe({ next: follow, error: reportUnhandled }));
      if (own !== undefined) all.add(own.connection$.subscribe(changed));
      follow();
      all.add(() => statuses.unsubscribe());
      return all;
    },
  };
  return published(source);
}

function heldParts(page: KubePage): readonly (HeldPart & { readonly isDenied: boolean })[] {
  return page.held().flatMap(({ resource, parts, state }) => {
    const { denied } = state.value;
    return [...parts].map(([namespace, { status$ }]) => ({
      name: namespace === '' ? resource : `${resource} in ${namespace}`,
      status: status$.value,
      isDenied: denied.includes(namespace),
    }));
  });
}

/** The worse of two, since the earlier of both where they agree. */
function worse(one: StateSince, other: StateSince): StateSince {
  if (one.state === other.state) return one.since !== 0 && one.since < other.since ? one : other;
  return worseOf(one.state, other.state) === one.state ? one : other;
}
