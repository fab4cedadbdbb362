import type { IncomingMessage } from 'node:http';
import { from, Observable, switchMap } from 'rxjs';
import { WebSocket } from 'ws';
import { KubeError } from 'kuberx';
import { type AnyKubeConfig, connectionOf, kubeHttpClient } from 'kuberx/client-node';
import type { HttpClient, HttpEvent, HttpRequest } from 'kuberx/http';
import type { ServerConnection } from 'kuberx/rest';

/** What a browser offers beside its token. */
const subprotocol = 'base64.binary.k8s.io';

/** Carries watches over WebSockets, as a browser does: the token goes as a subprotocol. All else goes as it does without. */
export function webSocketClient(kubeConfig: AnyKubeConfig): HttpClient {
  const connection =
    'credentialsSource' in kubeConfig ? kubeConfig : connectionOf(kubeConfig, { allowInsecureCredentials: true });
  return (request) =>
    /[?&]watch=/.test(request.path) ? watchOver(connection, request) : kubeHttpClient(connection)(request);
}

function watchOver({ credentialsSource }: ServerConnection, request: HttpRequest): Observable<HttpEvent> {
  const question = { signal: new AbortController().signal, waitsFor: new Set<string>() };
  return from(credentialsSource.read(question)).pipe(
    switchMap(({ endpoint, headers }) => {
      const { server, tls } = endpoint;
      const token = /^Bearer (.*)$/.exec(String(headers['authorization'] ?? ''))?.[1];
      const bearer = `base64url.bearer.authorization.k8s.io.${Buffer.from(token ?? '').toString('base64url')}`;
      const url = server.origin.replace(/^http/, 'ws') + request.path;
      const { accept } = request.headers;
      return messages(
        request.resource,
        new WebSocket(url, token === undefined ? [subprotocol] : [bearer, subprotocol], {
          ...tls,
          origin: server.origin,
          headers: accept === undefined ? {} : { accept },
        }),
      );
    }),
  );
}

/** What comes of a WebSocket, as a response has it: a refusal has its status and its body. */
function messages(resource: string, webSocket: WebSocket): Observable<HttpEvent> {
  return new Observable((subscriber) => {
    webSocket.on('open', () => subscriber.next({ type: 'head', status: 200, header: () => undefined }));
    webSocket.on('message', (data) => subscriber.next({ type: 'chunk', bytes: data as Buffer }));
    webSocket.on('unexpected-response', (_, response: IncomingMessage) => {
      const header = (name: string): string | undefined => String(response.headers[name] ?? '') || undefined;
      subscriber.next({ type: 'head', status: response.statusCode ?? 0, header });
      response.on('data', (bytes: Buffer) => subscriber.next({ type: 'chunk', bytes }));
      response.on('end', () => subscriber.complete());
    });
    webSocket.on('error', (error) => {
      const { code, message } = error as NodeJS.ErrnoException;
      const reason = code === 'ECONNREFUSED' ? 'ConnectionRefused' : 'Network';
      subscriber.error(new KubeError({ reason, resource, message }));
    });
    webSocket.on('close', (code) => {
      if (code === 1000) subscriber.complete();
      else
        subscriber.error(new KubeError({ reason: 'Network', resource, message: `the WebSocket was closed: ${code}` }));
    });
    return () => webSocket.terminate();
  });
}
