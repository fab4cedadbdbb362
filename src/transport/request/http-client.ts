import type { Observable } from 'rxjs';
import type { Held } from '../../protocol/hold-reason.ts';

/** One HTTP request. The client knows the server and the credentials. */
export interface HttpRequest {
  /** The resource in words, for errors: `v1/pods in default`. */
  readonly resource: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** An absolute path with its query, in URL encoding. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /**
   * Given by a caller that can wait: the client may hold the request back for any time, or end a response early, and says so.
   * Without it a request is sent at once.
   */
  readonly held?: Held | undefined;
}

/** The head of a response. */
export interface HttpHead {
  readonly type: 'head';
  readonly status: number;
  /** The value of a header, by its name in lower case. */
  readonly header: (name: string) => string | undefined;
}

/** A part of a response's body, cut anywhere. Its bytes belong to the receiver. */
export interface HttpChunk {
  readonly type: 'chunk';
  readonly bytes: Uint8Array;
}

/** A response as it arrives: one head, then chunks. */
export type HttpEvent = HttpHead | HttpChunk;

/**
 * Sends a request for each subscription. Completes after a whole response, whatever its status. Errors with a
 * `KubeError` if no response comes or if it breaks off. Unsubscribing aborts. Redirects are not followed: their head
 * arrives like any other, so credentials go to no other server.
 */
export interface HttpClient {
  (request: HttpRequest): Observable<HttpEvent>;
  /** The server of its requests, if it is known: `https://10.0.0.1:6443`. */
  readonly host?: string | undefined;
  /** Emits when what is due later of a resource, in words, shall be asked for now. Subscribed to only while somebody waits. */
  readonly nudged?: ((resource: string) => Observable<unknown>) | undefined;
}
