import { expect, it } from 'vitest';
import { refusal, failureStatus } from '#src/serving/failure-status.ts';
import { attempt } from '#src/testing/apiserver/lifecycle/attempt.ts';

it('leaves what is refused, and lets every other error through', () => {
  let isDone = false;
  attempt(() => (isDone = true));
  expect(isDone).toBe(true);
  expect(() =>
    attempt(() => {
      throw refusal('v1/namespaces', failureStatus(403, 'Forbidden', 'no'));
    }),
  ).not.toThrow();
  expect(() =>
    attempt(() => {
      throw new TypeError('a fault');
    }),
  ).toThrow('a fault');
});
