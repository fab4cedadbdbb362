import { expect, it } from 'vitest';
import { seededRandom } from 'kuberx/testing';
import type { RecordedRequest } from 'kuberx/testing/apiserver';
import { chanceFailures } from '#src/testing/apiserver/program/chance-failures.ts';

const request = (resource: string | undefined): RecordedRequest => ({ resource }) as RecordedRequest;

it('lets its share of requests fail, in each of four ways', () => {
  const intercept = chanceFailures(0.2, seededRandom(1));
  const replies = Array.from({ length: 2000 }, () => intercept(request('v1/pods'))).filter(
    (reply) => reply !== undefined,
  );
  expect(replies.length).toBeGreaterThan(320);
  expect(replies.length).toBeLessThan(480);
  const codes = new Set(replies.map((reply) => (typeof reply === 'string' ? reply : reply.code)));
  expect(codes).toEqual(new Set([500, 503, 429, 'reset']));
});

it('leaves discovery alone', () => {
  const intercept = chanceFailures(1, () => 0);
  expect(intercept(request(undefined))).toBeUndefined();
  expect(intercept(request('v1/pods'))).toMatchObject({ code: 500 });
});
