import { firstValueFrom, mergeMap, NEVER, raceWith, throwError, toArray } from 'rxjs';
import { deadlines } from '../../rest/connection/connection-options.ts';
import { requestOver } from '../../rest/connection/connections.ts';
import type { HttpEvent, HttpHead } from '../../transport/request/http-client.ts';
import { type Environment, proxyFromEnvironment } from '../../rest/config/proxy-from-environment.ts';
import { proxyTunnel } from '../../rest/connection/proxy-tunnel.ts';
import { aborted } from '../../streams/aborted.ts';

/** As much of `fetch` as an OIDC client uses. */
export type IssuerFetch = (
  url: string,
  options: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly signal?: AbortSignal | undefined;
  },
) => Promise<Response>;

const limits = deadlines({ silenceTimeout: 30_000 });

/** `fetch` by the connections of `rest`, that trusts a CA of the issuer's own, through the proxy that the environment names. Redirects are not followed. The signal ends the request, as a provider over HTTP/2 may be silent for ever. */
export function issuerFetch(ca: string | undefined, env: Environment): IssuerFetch {
  return async (url, { method = 'GET', headers = {}, body, signal }) => {
    const server = new URL(url);
    const tls = { rejectUnauthorized: true, ...(ca !== undefined && { ca }) };
    const proxy = proxyFromEnvironment(server, env);
    const events: readonly HttpEvent[] = await firstValueFrom(
      requestOver(
        { server, tls, tunnel: proxy && proxyTunnel(proxy, tls) },
        {
          resource: 'the OIDC provider',
          method: method === 'POST' ? 'POST' : 'GET',
          path: server.pathname + server.search,
          headers,
          ...(body instanceof URLSearchParams && { body: body.toString() }),
        },
        limits,
      ).pipe(
        toArray(),
        raceWith(
          signal === undefined
            ? NEVER
            : aborted(signal).pipe(mergeMap(() => throwError(() => new Error('it did not answer in time')))),
        ),
      ),
      { defaultValue: [] },
    );
    const chunks = events.flatMap((event) => (event.type === 'chunk' ? [event.bytes] : []));
    const head = events.find((event): event is HttpHead => event.type === 'head');
    const type = head?.header('content-type');
    const init = { status: head?.status ?? 502, ...(type !== undefined && { headers: { 'content-type': type } }) };
    return new Response(Buffer.concat(chunks), init);
  };
}
