import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Identity } from './self-signed-certificate.ts';

/** The request that {@link request} sends. */
export interface RequestOptions {
  /** Default: GET, and POST with a body. */
  readonly method?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Default: `application/json`. */
  readonly contentType?: string;
  /** A bearer token. */
  readonly token?: string;
  /** PEM certificates that the server's must be signed with. */
  readonly ca?: string;
  /** The client's own certificate and key, PEM. */
  readonly identity?: Identity;
  /** Milliseconds of silence until the request is given up. Default: 5 seconds. */
  readonly timeout?: number;
}

/** A whole answer. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Sends one request and returns its whole answer, with any status. Rejects if no answer comes. */
export function request(url: string, options: RequestOptions = {}): Promise<Answer> {
  const { body, contentType = 'application/json', token, ca, identity, timeout = 5_000 } = options;
  const method = options.method ?? (body === undefined ? 'GET' : 'POST');
  const headers = {
    ...(body !== undefined && { 'content-type': contentType }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const tls = { ...(ca !== undefined && { ca }), ...(identity && { cert: identity.certificate, key: identity.key }) };
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = send(url, { method, headers, timeout, ...tls }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${timeout} ms`)));
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
