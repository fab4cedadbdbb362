import { BehaviorSubject, type Observable, type SchedulerLike, tap, type TimestampProvider } from 'rxjs';
import { behavior } from '../../streams/behavior.ts';
import { DeliveryQueue } from '../../streams/delivery-queue.ts';
import { minutes } from '../../streams/time/duration.ts';
import type { HttpClient, HttpEvent, HttpRequest } from '../../transport/request/http-client.ts';
import { connectionAfter } from './connection-after.ts';
import type { Connection, PageConnection } from './connection.ts';
import { Denials } from './denials.ts';
import { gatedResponse } from './gated-response.ts';
import { PageGate } from './page-gate.ts';
import type { PageSignals } from './page-signals.ts';
import { type SlotLimits, streamSlots } from './stream-slots.ts';
import type { SocketConstructor } from './watch-socket.ts';

/** All that a page's connection is made of. */
export interface PageParts {
  readonly fetchClient: HttpClient;
  readonly headers: (() => Readonly<Record<string, string>> | Headers) | undefined;
  /** The origin that the browser's limits count for. */
  readonly origin: string;
  readonly ignoresNetwork: boolean;
  readonly signals: PageSignals;
  readonly scheduler: SchedulerLike;
  readonly clock: TimestampProvider;
  readonly random: () => number;
  /** The streams share one connection, or this runs outside of a browser and its limits. Asked each time. */
  readonly isMultiplexed: () => boolean;
  /** Opens WebSockets, where watches go over them. */
  readonly WebSocket: SocketConstructor | undefined;
  readonly socketUrl: (path: string) => string;
  readonly maxStreams: number | undefined;
  readonly hiddenAfter: number;
  readonly silenceTimeout: number;
}

/** Of the six connections over HTTP/1.1, one is left to the page's own requests. */
const overHttp1: SlotLimits = { stream: 4, list: 4, fetches: 5, socket: 200 };

/** Node, and with it many a proxy, grants 100 streams to a connection over HTTP/2. */
const overHttp2: SlotLimits = { stream: 80, list: 16, fetches: 96, socket: 200 };

/** For this time watches go by `fetch` after no WebSocket got through. In milliseconds. */
const withoutSockets = minutes(5);

/** The connection of a page, of given parts. */
export function pageConnectionOver(parts: PageParts): PageConnection {
  const { fetchClient, scheduler, clock, random, maxStreams, isMultiplexed, WebSocket } = parts;
  let socketsFrom = -Infinity;
  const sockets = (): SocketConstructor | undefined =>
    WebSocket !== undefined && !isMultiplexed() && scheduler.now() >= socketsFrom ? WebSocket : undefined;
  const limits = (): SlotLimits => {
    const usual = isMultiplexed() ? overHttp2 : overHttp1;
    if (maxStreams === undefined) return usual;
    const stream = sockets() === undefined ? maxStreams : usual.stream;
    return { ...usual, stream, socket: maxStreams, fetches: stream + usual.fetches - usual.stream };
  };
  const allowed = (): number => (sockets() === undefined ? limits().stream : limits().socket);

  const denials = new Denials(clock, random);
  const slots = streamSlots(parts.origin, scheduler);
  const streams = { open: 0, allowed: allowed(), waiting: 0 };
  const connections$ = new BehaviorSubject<Connection>({ state: 'live', since: clock.now(), streams, denied: [] });
  const deliveries = new DeliveryQueue();
  let newest = connections$.value;
  const onchange = (): void => {
    const next = connectionAfter(newest, gate.facts, clock.now());
    if (next === newest) return;
    newest = next;
    Object.freeze(next.streams);
    Object.freeze(next);
    deliveries.deliver(() => connections$.next(next));
  };
  const gate = new PageGate({ ...parts, slots, limits, allowed, denials, onchange });
  const onsocketsFail = (): void => void (socketsFrom = scheduler.now() + withoutSockets);
  const gated = { ...parts, gate, denials, sockets, onsocketsFail };

  function send(request: HttpRequest): Observable<HttpEvent> {
    if (request.held !== undefined) return gatedResponse(request, gated);
    const { signIns } = gate;
    return fetchClient(request).pipe(
      tap((event) => {
        if (event.type === 'head' && event.status === 401) gate.refused(signIns);
      }),
    );
  }

  return Object.assign(send, {
    host: fetchClient.host,
    nudged: (resource: string) => gate.nudged(resource),
    connection$: behavior(connections$, () => connections$.value),
    retryNow: () => gate.retryNow(),
    signedIn: () => gate.signedIn(),
  });
}
