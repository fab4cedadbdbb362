import { reduce } from 'rxjs';
import { type AnyKubeConfig, kubeHttpClient } from 'kuberx/client-node';
import type { HttpRequest } from 'kuberx/http';
import { answerOf } from './answer-of.ts';

/** A whole answer, its body as JSON where it is JSON. */
export interface RawAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** What a request says beside what it is for. */
export interface RawRequestOptions {
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Default: JSON. */
  readonly accept?: string;
  /** Default: JSON. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends one request, and gives the answer as it is: nothing of it was decoded by the library. */
export async function rawRequest(
  kubeConfig: AnyKubeConfig,
  method: HttpRequest['method'],
  path: string,
  { body, accept = 'application/json', contentType = 'application/json', headers = {} }: RawRequestOptions = {},
): Promise<RawAnswer> {
  const answer$ = kubeHttpClient(kubeConfig)({
    resource: path,
    method,
    path,
    headers: { accept, ...(body !== undefined && { 'content-type': contentType }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const { status, chunks } = await answerOf(
    answer$.pipe(
      reduce(
        (answer, event) =>
          event.type === 'head'
            ? { ...answer, status: event.status }
            : { ...answer, chunks: [...answer.chunks, event.bytes] },
        { status: 0, chunks: [] as Uint8Array[] },
      ),
    ),
  );
  return { status, body: parsed(Buffer.concat(chunks).toString('utf8')) };
}

/** Sends one request that has to succeed. */
export async function rawSuccess(...request: Parameters<typeof rawRequest>): Promise<unknown> {
  const { status, body } = await rawRequest(...request);
  if (status >= 300) throw new Error(`${request[1]} ${request[2]}: ${status} ${JSON.stringify(body)}`);
  return body;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
