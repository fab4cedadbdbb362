import type { Observable, Subscription } from 'rxjs';
import { onTestFinished } from 'vitest';
import { KubeError } from 'kuberx';
import { type ConnectionOptions, type RestConfig, restHttpClient, type ServerConnection } from 'kuberx/rest';
import type { HttpClient, HttpEvent, HttpRequest } from '#src/transport/request/http-client.ts';
import { eventually } from '../eventually.ts';

export const pods: HttpRequest = { resource: 'v1/pods', method: 'GET', path: '/api/v1/pods', headers: {} };

/** What has come of a request so far. */
export interface Outcome {
  readonly subscription: Subscription;
  status: number | undefined;
  body: string;
  end: 'complete' | KubeError | undefined;
}

/** A client of a server. */
export interface TestClient {
  readonly send: HttpClient;
}

export function clientOf(config: RestConfig | ServerConnection, options?: ConnectionOptions): TestClient {
  return { send: restHttpClient(config, options) } satisfies TestClient;
}

/** Sends a request; it is aborted with the test. */
export function sent(client: TestClient, request: HttpRequest = pods): Outcome {
  return observed(client.send(request));
}

export function observed(source$: Observable<HttpEvent>): Outcome {
  const outcome: Partial<Outcome> = { status: undefined, body: '', end: undefined };
  const subscription = source$.subscribe({
    next: (event) => {
      if (event.type === 'head') outcome.status = event.status;
      else outcome.body = `${outcome.body}${new TextDecoder().decode(event.bytes)}`;
    },
    error: (error: unknown) => (outcome.end = error as KubeError),
    complete: () => (outcome.end = 'complete'),
  });
  onTestFinished(() => subscription.unsubscribe());
  return Object.assign(outcome, { subscription }) as Outcome;
}

/** Sends a request and waits for its end. */
export async function answered(client: TestClient, request: HttpRequest = pods): Promise<Outcome> {
  const outcome = sent(client, request);
  await eventually(() => {
    if (outcome.end === undefined) throw new Error('The request goes on.');
  });
  return outcome;
}

/** The error that a request ended with. */
export async function failure(outcome: Outcome): Promise<KubeError> {
  await eventually(() => {
    if (!(outcome.end instanceof KubeError)) throw new Error(`The request has not failed: ${outcome.end}`);
  });
  return outcome.end as KubeError;
}
