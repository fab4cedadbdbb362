import { asyncScheduler } from 'rxjs';
import { checkedRandom } from '../../streams/checks/checked-random.ts';
import { seconds } from '../../streams/time/duration.ts';
import { checkedPeriod } from '../../streams/time/period.ts';
import { fetchHttpClient, type FetchHttpClientOptions } from '../../transport/request/fetch-http-client.ts';
import { browserSignals } from './browser-signals.ts';
import type { PageConnection } from './connection.ts';
import { nextHopProtocol, type Timeline } from './next-hop-protocol.ts';
import { pageConnectionOver } from './page-connection-over.ts';
import type { SocketConstructor } from './watch-socket.ts';

/** Options of {@link pageConnection}. */
export interface PageConnectionOptions extends FetchHttpClientOptions {
  /**
   * How watches are carried. Default `auto`: by `fetch` where the browser talks HTTP/2 or HTTP/3 to the server, and where there is
   * no page, as in Node; by a WebSocket each otherwise.
   */
  readonly streams?: 'auto' | 'fetch' | 'websocket' | undefined;
  /**
   * How many watches may be open at once; the others wait, and say so. Default 80 by `fetch` over HTTP/2, 4 over HTTP/1.1, and 200
   * over WebSockets: below what a browser gives an origin, beyond which it lets all of the page hang.
   */
  readonly maxStreams?: number | undefined;
  /** Milliseconds after which a hidden page gives its watches back; `Infinity` for never. Default 30 s. */
  readonly hiddenAfter?: number | undefined;
  /** Chance, from 0 to 1, of the delays after a sleep and after a denial. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/** What is used of the platform. Each may be missing. */
interface Platform {
  readonly document?: unknown;
  readonly location?: { readonly href?: string } | undefined;
  readonly performance?: Timeline | undefined;
  readonly WebSocket?: SocketConstructor | undefined;
}

/**
 * The connection of a page to its server: an HTTP client for informers, and what is to be known and done about it as a whole.
 *
 * - **It leaves room.** Watches, and lists that go with them, wait for their turn, so that the page's other requests are answered;
 *   an informer that waits says so (`status$`, `held`). All connections to one origin count together.
 * - **It distrusts what slept.** After a sleep, a change of the network, or the button "back", what is open is aborted at once and
 *   asked for from its version, spread over some seconds. A page that is hidden gives its watches back after 30 s and takes them
 *   up when it is shown. Meanwhile informers are stale, and say why.
 * - **401 stops it.** Informers ask nothing until `signedIn` is called; then one request goes first. At most three are out when the
 *   first 401 comes. Writes and single reads are sent at any time: their callers wait for an answer.
 * - **403 is one resource's**, in one namespace: it is asked for again after 15 s, and ever later up to 5 minutes. The others go on.
 * - **One budget**: what failed is asked for again 10 times, then 30 times a minute, by all informers together.
 *
 * What a `ResourceClient` or `getJson` sends goes at once. Without a page, as in Node, nothing is ever hidden.
 *
 * Throws as {@link fetchHttpClient} does, and a RangeError for an option out of range.
 *
 * ```ts
 * const cluster = pageConnection({ server: '/k8s' });
 * const pods = informerFactory(cluster).informer('v1/pods');
 * cluster.connection$.subscribe(({ state, streams }) => console.log(state, streams.waiting));
 * ```
 */
export function pageConnection(options: PageConnectionOptions): PageConnection {
  const { server, headers, streams = 'auto', maxStreams, scheduler = asyncScheduler } = options;
  const { hiddenAfter = seconds(30), silenceTimeout = seconds(90) } = options;
  checkedPeriod('hiddenAfter', hiddenAfter);
  if (maxStreams !== undefined && !(Number.isInteger(maxStreams) && maxStreams > 0))
    throw new RangeError(
      `maxStreams is ${String(maxStreams)}; it takes a whole number from 1 on. Nothing was started.`,
    );
  if (!['auto', 'fetch', 'websocket'].includes(streams))
    throw new RangeError(`streams is ${streams as string}; it takes auto, fetch or websocket. Nothing was started.`);
  const { document, location, performance = {}, WebSocket } = globalThis as Platform;
  const base = location?.href;
  const origin = originOf(server, base);
  const page = originOf('', base);
  const isMultiplexed = (): boolean => {
    if (document === undefined) return streams !== 'websocket';
    const protocol = nextHopProtocol(origin, page, performance) ?? '';
    // Not `http/1.1`, and not the empty text of a page that a service worker gave.
    return streams !== 'websocket' && /^h[23]/.test(protocol);
  };
  return pageConnectionOver({
    fetchClient: fetchHttpClient(options),
    headers,
    origin,
    ignoresNetwork: isOfThisMachine(origin),
    signals: browserSignals(),
    scheduler,
    clock: scheduler,
    random: checkedRandom(options.random),
    isMultiplexed,
    WebSocket: streams === 'fetch' ? undefined : WebSocket,
    socketUrl: (path) => socketUrl(server + path, base),
    maxStreams,
    hiddenAfter,
    silenceTimeout,
  });
}

function originOf(server: string, base: string | undefined): string {
  const url = URL.parse(server, base);
  return url === null ? server : url.origin;
}

function socketUrl(url: string, base: string | undefined): string {
  return new URL(url, base).href.replace(/^http/, 'ws');
}

/** True for a server that needs no network, such as `kubectl proxy`. */
function isOfThisMachine(origin: string): boolean {
  const name = URL.parse(origin)?.hostname ?? '';
  return name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127(?:\.\d+){3}$/.test(name);
}
