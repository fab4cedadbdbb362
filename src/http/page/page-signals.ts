import type { Observable } from 'rxjs';

/**
 * What a browser tells a page about itself.
 *
 * - `hidden`, `shown`: the tab.
 * - `frozen`, `thawed`: the page is put aside whole, as for the button "back", and comes back with what it had.
 * - `offline`, `online`: the network.
 */
export type PageSignal = 'hidden' | 'shown' | 'frozen' | 'thawed' | 'offline' | 'online';

/** The signals of a page. */
export interface PageSignals {
  readonly isHidden: boolean;
  readonly isOffline: boolean;
  readonly signals$: Observable<PageSignal>;
}
