import { firstValueFrom, type Observable, of } from 'rxjs';
import { expect, it } from 'vitest';
import { plainReply } from '#src/testing/apiserver/requests/api-reply.ts';
import {
  RequestService,
  type RequestServiceOptions,
  type TakenRequest,
} from '#src/testing/apiserver/requests/request-service.ts';

const head = { method: 'GET', url: '/api/v1/pods?limit=1', headers: { host: 'localhost' } };
function body(): Observable<string> {
  return of('');
}

function service(token?: string): RequestService {
  const options: RequestServiceOptions = {
    answer: () => of(plainReply(200, 'answered')),
    token,
    guests: {},
    latency: 0,
  };
  return new RequestService(options);
}

async function reply(taken: ReturnType<RequestService['take']>): Promise<unknown> {
  return firstValueFrom((taken as TakenRequest).reply$);
}

it('records what it takes, and answers it', async () => {
  const requests = service();
  expect(await reply(requests.take(head, body))).toMatchObject({ code: 200, body: 'answered\n' });
  expect(requests.requests).toMatchObject([{ verb: 'list', resource: 'v1/pods', query: { limit: '1' } }]);
});

it('refuses a foreign host before a wrong token, and both before a failure that is due', async () => {
  const requests = service('right');
  requests.failures.add({ code: 503 });
  const foreign = { ...head, headers: { host: 'evil.example' } };
  expect(await reply(requests.take(foreign, body))).toMatchObject({ code: 403 });
  expect(await reply(requests.take(head, body))).toMatchObject({ code: 401 });
  const admitted = { ...head, headers: { ...head.headers, authorization: 'Bearer right' } };
  expect(await reply(requests.take(admitted, body))).toMatchObject({ code: 503 });
  expect(await reply(requests.take(admitted, body))).toMatchObject({ code: 200 });
});

it('answers what an interceptor throws at with a 500', async () => {
  const requests = service();
  requests.interceptors.add(() => {
    throw new Error('oops');
  });
  expect(await reply(requests.take(head, body))).toMatchObject({ code: 500 });
});

it('cannot read a request line that is not a URL', () => {
  expect(service().take({ ...head, url: ':port' }, body)).toMatchObject({ code: 400 });
});

it('knows of streams until they are let go', () => {
  const requests = service();
  const ended: string[] = [];
  const stream = { open: true, end: (how: string) => void ended.push(how) };
  const letGo = requests.hold(stream, requests.requests[0] ?? ({ resource: 'v1/pods' } as never));
  expect(requests.openStreams).toBe(1);
  expect(requests.endStreams('reset', 'v1/nodes')).toBe(0);
  expect(requests.endStreams('reset', 'v1/pods')).toBe(1);
  expect(ended).toEqual(['reset']);
  letGo();
  expect(requests.openStreams).toBe(0);
});
