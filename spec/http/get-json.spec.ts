import { inspect } from 'node:util';
import { firstValueFrom, lastValueFrom, type Observable, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';

import { getJson, type HttpClient, type HttpEvent, type HttpRequest } from 'kuberx/http';
import { response } from '../transport/responses.ts';

/** A client that answers every request alike, and what it was sent. */
class Answering {
  readonly requests: HttpRequest[] = [];
  readonly #answer: Observable<HttpEvent>;

  constructor(answer: Observable<HttpEvent>) {
    this.#answer = answer;
  }

  readonly http: HttpClient = (request) => {
    this.requests.push(request);
    return this.#answer;
  };
}

describe('getJson', () => {
  it('sends one request for each subscription, and emits the parsed body', async () => {
    const { requests, http } = new Answering(response(200, '{"minor":"36"}'));
    const version$ = getJson(http, '/version');
    expect(requests).toEqual([]);
    expect(await lastValueFrom(version$.pipe(toArray()))).toEqual([{ minor: '36' }]);
    await firstValueFrom(version$);
    expect(requests).toHaveLength(2);
    expect(requests[0]).toEqual({
      resource: 'version',
      method: 'GET',
      path: '/version',
      headers: { accept: 'application/json' },
    });
  });

  it('asks for the form that is given', async () => {
    const { requests, http } = new Answering(response(200, '{}'));
    await firstValueFrom(getJson(http, '/apis', { accept: 'application/json;v=v2' }));
    expect(requests[0]!.headers).toEqual({ accept: 'application/json;v=v2' });
  });

  it('errors with the Status of a refusal', async () => {
    const { http } = new Answering(
      response(403, '{"kind":"Status","reason":"Forbidden","message":"not you","code":403}'),
    );
    await expect(firstValueFrom(getJson(http, '/apis'))).rejects.toMatchObject({ reason: 'Forbidden', code: 403 });
  });

  it('errors with Malformed for what is not JSON, and quotes none of it', async () => {
    const { http } = new Answering(response(200, 'hunter2'));
    const error: unknown = await firstValueFrom(getJson(http, '/apis')).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ reason: 'Malformed', resource: 'apis' });
    expect(inspect(error)).not.toContain('hunter2');
  });
});
