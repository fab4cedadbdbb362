import { afterEach } from 'vitest';
import { apiServer, type ApiServer, type ApiServerOptions } from 'kuberx/testing/apiserver';

const started: ApiServer[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop({ how: 'reset' })));
});

/** A server that is stopped when the spec is over. */
export async function aServer(options?: ApiServerOptions): Promise<ApiServer> {
  const server = await apiServer({ now: () => Date.UTC(2030, 0, 2, 3, 4, 5, 678), ...options });
  started.push(server);
  return server;
}

/** An answer: its code, and its body as JSON where it is JSON. */
export interface Answer {
  readonly code: number;
  readonly text: string;
  readonly headers: Headers;
  readonly json: unknown;
}

/** Sends a request, with a body of JSON where there is one. */
export async function send(
  server: ApiServer,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(server.url + path, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type') === 'application/json';
  return {
    code: response.status,
    text,
    headers: response.headers,
    json: isJson ? (JSON.parse(text) as unknown) : undefined,
  };
}

/** The whole text of a failure's Status. */
export function statusText(rest: string): string {
  return `{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",${rest}}\n`;
}

export function configMap(name: string, data: Record<string, string> = {}, namespace = 'default'): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data };
}
