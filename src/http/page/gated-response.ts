import { Observable, type SchedulerLike, Subscription } from 'rxjs';
import { KubeError } from '../../protocol/errors/kube-error.ts';
import { longestTimer } from '../../streams/time/period.ts';
import { silenceGuard } from '../../streams/time/silence-guard.ts';
import { askedHeaders } from '../../transport/request/asked-headers.ts';
import type { HttpClient, HttpEvent, HttpHead, HttpRequest } from '../../transport/request/http-client.ts';
import type { Denials } from './denials.ts';
import type { Pass } from './gate-request.ts';
import type { PageGate } from './page-gate.ts';
import { socketProtocols } from './socket-protocols.ts';
import { type SocketConstructor, watchSocket } from './watch-socket.ts';

/** What a {@link gatedResponse} is sent with. */
export interface GatedOptions {
  /** Sends what is not a watch over a WebSocket. */
  readonly fetchClient: HttpClient;
  readonly gate: PageGate;
  readonly denials: Denials;
  readonly headers: (() => Readonly<Record<string, string>> | Headers) | undefined;
  /** Opens WebSockets; `undefined` where watches go by `fetch`. Asked each time. */
  readonly sockets: () => SocketConstructor | undefined;
  /** No WebSocket gets through to the server, though it grants the watch. */
  readonly onsocketsFail: () => void;
  /** The URL of a WebSocket for a path. */
  readonly socketUrl: (path: string) => string;
  readonly silenceTimeout: number;
  readonly scheduler: SchedulerLike;
}

const isWatch = ({ method, path }: HttpRequest): boolean =>
  method === 'GET' && /[?&]watch=(?:1|true)(?:&|$)/.test(path);

/**
 * The response to a request whose caller can wait: it goes through the gate. A watch goes over a WebSocket where there are
 * WebSockets, and by `fetch` if it needs a header that a WebSocket cannot have.
 *
 * A browser does not tell why a WebSocket was not opened. So the same watch is asked for by `fetch`: its failure is the failure, with
 * the status and the `Retry-After` of the server; where it is granted, no WebSocket gets through, and `fetch` carries the watches.
 */
export function gatedResponse(request: HttpRequest, options: GatedOptions): Observable<HttpEvent> {
  const { fetchClient, gate, denials, headers, sockets, socketUrl, silenceTimeout, scheduler } = options;
  const { resource, held = () => undefined } = request;
  const isStream = isWatch(request);
  const verb = isStream ? 'watch' : 'list';

  return new Observable((subscriber) => {
    let sent = Subscription.EMPTY;
    let canUseSocket = isStream && protocolsNow() !== undefined;
    const socketNow = (): SocketConstructor | undefined => (canUseSocket ? sockets() : undefined);

    const pass = gate.enter({
      resource,
      isStream,
      kind: () => (!isStream ? 'list' : socketNow() === undefined ? 'stream' : 'socket'),
      held,
      send,
      abort: () => sent.unsubscribe(),
      end: () => subscriber.complete(),
      fail: (error) => subscriber.error(error),
    });
    return () => {
      sent.unsubscribe();
      pass.leave();
    };

    function send(pass: Pass): void {
      const WebSocket = socketNow();
      if (WebSocket === undefined) {
        carry(fetchClient(request), pass);
        return;
      }
      const protocols = protocolsNow();
      if (protocols === undefined) {
        canUseSocket = false;
        pass.again();
        return;
      }
      const url = socketUrl(request.path);
      const onRefused = (): void => explain(pass);
      const silent = (): KubeError => idle(resource, silenceTimeout);
      const watch$ = watchSocket({ resource, url, protocols, WebSocket, onRefused });
      const isTimed = silenceTimeout <= longestTimer;
      carry(isTimed ? watch$.pipe(silenceGuard(() => silenceTimeout, silent, scheduler)) : watch$, pass);
    }

    function carry(response$: Observable<HttpEvent>, pass: Pass, granted?: () => void): void {
      const carried = new Subscription();
      sent = carried;
      const next = (event: HttpEvent): void => {
        if (event.type !== 'head') subscriber.next(event);
        else if (event.status < 300 && granted !== undefined) granted();
        else subscriber.next(taken(event, pass));
      };
      const error = (cause: unknown): void => {
        // Credentials that cannot be had say nothing of the server.
        if (cause instanceof KubeError && cause.reason === 'Credentials') pass.leave();
        else pass.unanswered();
        subscriber.error(cause);
      };
      carried.add(response$.subscribe({ next, error, complete: () => subscriber.complete() }));
      // What was given up while it was being sent.
      if (sent !== carried) carried.unsubscribe();
    }

    /** The WebSocket was not opened. */
    function explain(pass: Pass): void {
      sent.unsubscribe();
      carry(fetchClient(request), pass, () => {
        options.onsocketsFail();
        pass.again();
      });
    }
  });

  /** What a WebSocket would be opened with; `undefined` where it cannot say all of the headers. */
  function protocolsNow(): readonly string[] | undefined {
    try {
      return socketProtocols({ ...askedHeaders(resource, headers), ...request.headers });
    } catch {
      // `fetch` asks as well, and its error says what is wrong.
      return undefined;
    }
  }

  function taken(head: HttpHead, pass: Pass): HttpHead {
    if (head.status < 300) denials.granted(resource, verb);
    const delay = head.status === 403 ? denials.denied(resource, verb) : undefined;
    pass.answered(head.status);
    if (delay === undefined) return head;
    // A server names no time for a denial.
    const retryAfter = head.header('retry-after') ?? String(Math.ceil(delay / 1000));
    return { ...head, header: (name) => (name === 'retry-after' ? retryAfter : head.header(name)) };
  }
}

function idle(resource: string, silence: number): KubeError {
  return new KubeError({ reason: 'Idle', resource, message: `the WebSocket was silent for ${silence / 1000} s` });
}
