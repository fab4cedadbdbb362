import { concat, NEVER, type Observable, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { fetchHttpClient, type HttpEvent, httpListerWatcher } from 'kuberx/http';
import { eventually } from '../eventually.ts';
import { reported } from '../reported.ts';
import { chunk, head, response } from './responses.ts';

const no = (): never => {
  throw new Error('no');
};

function list(answer$: Observable<HttpEvent>, now?: () => number): Observable<unknown> {
  return httpListerWatcher({
    http: () => answer$,
    resource: 'v1/pods',
    path: '/api/v1/pods',
    apiVersion: 'v1',
    now,
  }).list({});
}

/** How a request ends: with an error in words, or that it goes on. */
async function endOf(source$: Observable<unknown>): Promise<string> {
  let end = 'it goes on';
  await reported(() => {
    source$.subscribe({ error: (error: unknown) => (end = String(error)), complete: () => (end = 'complete') });
  });
  return end;
}

describe('a function of the user that throws', () => {
  it('leaves a failed request its error: a clock for Retry-After', async () => {
    const date = { 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' };
    expect(await endOf(list(response(503, 'overload', date), no))).toBe('KubeError: v1/pods: overload');
  });

  it.each<[string, Observable<HttpEvent>]>([
    [
      'the headers of a failure that is long',
      concat(of({ ...head(503), header: no }, chunk('x'.repeat(65_536))), NEVER),
    ],
    ['the headers of a failure that ends', of({ ...head(503), header: no }, chunk('overload'))],
    ['the headers of a list', concat(of({ ...head(200), header: no }), NEVER)],
    ['chunks of a failure that are none', concat(of(head(503), { type: 'chunk' } as HttpEvent), NEVER)],
    ['chunks of a list that are none', concat(of(head(200), { type: 'chunk' } as HttpEvent), NEVER)],
  ])('ends a request of an HTTP client with an error: %s', async (_what, answer$) => {
    expect(await endOf(list(answer$))).toMatch(/Error: /);
  });

  it.each<[string, () => unknown]>([
    ['throws', no],
    ['gives no promise', () => undefined],
    ['gives no response', () => Promise.resolve()],
    [
      'gives a response that is being read',
      () => {
        const taken = new Response('text');
        taken.body?.getReader();
        return Promise.resolve(taken);
      },
    ],
  ])('ends a request with Network: a fetch that %s', async (_what, given) => {
    const fetch = given as unknown as typeof globalThis.fetch;
    const request = { resource: 'v1/pods', method: 'GET', path: '/', headers: {} } as const;
    let end: unknown;
    fetchHttpClient({ server: '', fetch })(request).subscribe({ error: (error: unknown) => (end = error) });
    await eventually(() =>
      expect(end).toMatchObject({ reason: 'Network', message: 'v1/pods: the GET request failed' }),
    );
  });
});
