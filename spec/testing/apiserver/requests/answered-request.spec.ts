import { expect, it } from 'vitest';
import { listWatch, resourceClient } from 'kuberx/http';
import { virtualTime } from 'kuberx/testing';
import { type AnsweredRequest, ApiServer } from 'kuberx/testing/apiserver';

it('tells of each request with its code and the time that its answer took', () => {
  const time = virtualTime();
  const server = new ApiServer({ listen: false, scheduler: time.scheduler, latency: 20 });
  const answered: AnsweredRequest[] = [];
  const subscription = server.answers$.subscribe((request) => answered.push(request));
  const ignore = { error: () => undefined };
  resourceClient(server.http, 'v1/configmaps').get({ namespace: 'default', name: 'a' }).subscribe(ignore);
  listWatch(server.http, 'v1/pods').watch({}).subscribe(ignore);
  server.failNext({ code: 'hang', verbs: ['list'] });
  listWatch(server.http, 'v1/pods').list({}).subscribe(ignore);
  time.advance(50);
  expect(answered.map(({ verb, resource, code, milliseconds }) => [verb, resource, code, milliseconds])).toEqual([
    ['get', 'v1/configmaps', 404, 20],
    ['watch', 'v1/pods', 200, 20],
    ['list', 'v1/pods', 'hang', 20],
  ]);
  subscription.unsubscribe();
  listWatch(server.http, 'v1/pods').list({}).subscribe(ignore);
  time.advance(50);
  expect(answered).toHaveLength(3);
});
