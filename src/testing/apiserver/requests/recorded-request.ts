import { resourceWords } from '../../../serving/served-resource.ts';
import type { ApiRequest, Verb } from './api-request.ts';

/** How a request has come. */
export type Transport = 'http/1.1' | 'http/2' | 'websocket' | 'memory';

/** A request as the server has seen it, for specs that count and look. Bodies and credentials are not kept. */
export interface RecordedRequest {
  readonly transport: Transport;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly accept: string | undefined;
  readonly userAgent: string | undefined;
  /** By the certificate of the client. */
  readonly user: string | undefined;
  /** These are `undefined` where the path names no resource, or not that part of one. */
  readonly verb: Verb | undefined;
  readonly resource: string | undefined;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
}

/** What is kept of a request. */
export function recordedRequest(request: ApiRequest, transport: Transport, user?: string): RecordedRequest {
  const { method, path, query, headers, target, verb } = request;
  return {
    // What is not watched is answered over HTTP/1.1, whatever else was asked for.
    transport: transport === 'websocket' && verb !== 'watch' ? 'http/1.1' : transport,
    method,
    path,
    query: query.size === 0 ? {} : Object.fromEntries(query),
    accept: headers.accept,
    userAgent: headers['user-agent'],
    user,
    verb,
    resource: target && resourceWords(target),
    namespace: target?.namespace,
    name: target?.name,
    subresource: target?.subresource,
  };
}
