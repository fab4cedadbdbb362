import { EMPTY, fromEvent, map, merge, NEVER, type Observable, of, switchMap } from 'rxjs';
import type { PageSignal, PageSignals } from './page-signals.ts';

type Target = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;

/** The parts of a browser that are listened to. A runtime without them, such as Node, has a page that is always shown. */
export interface BrowserParts {
  readonly document?: (Target & { readonly visibilityState?: string }) | undefined;
  readonly navigator?: { readonly onLine?: boolean } | undefined;
  readonly addEventListener?: Target['addEventListener'] | undefined;
  readonly removeEventListener?: Target['removeEventListener'] | undefined;
}

function eventsOf(target: unknown, name: string): Observable<unknown> {
  const { addEventListener } = Object(target) as Partial<Target>;
  return typeof addEventListener === 'function' ? fromEvent(target as EventTarget, name) : NEVER;
}

/** A page that is put aside whole. Others go away for good. */
function wholePage(parts: BrowserParts, name: string, signal: PageSignal): Observable<PageSignal> {
  const isPersisted = (event: unknown): boolean => (event as { readonly persisted?: boolean }).persisted === true;
  return eventsOf(parts, name).pipe(switchMap((event) => (isPersisted(event) ? of(signal) : EMPTY)));
}

/** The signals of the browser that this runs in, or of given parts. */
export function browserSignals(parts: BrowserParts = Object(globalThis) as BrowserParts): PageSignals {
  const { document, navigator } = parts;
  const isHidden = (): boolean => document?.visibilityState === 'hidden';
  return {
    get isHidden() {
      return isHidden();
    },
    get isOffline() {
      return navigator?.onLine === false;
    },
    signals$: merge(
      eventsOf(document, 'visibilitychange').pipe(map((): PageSignal => (isHidden() ? 'hidden' : 'shown'))),
      wholePage(parts, 'pagehide', 'frozen'),
      wholePage(parts, 'pageshow', 'thawed'),
      eventsOf(parts, 'online').pipe(map((): PageSignal => 'online')),
      eventsOf(parts, 'offline').pipe(map((): PageSignal => 'offline')),
    ),
  };
}
