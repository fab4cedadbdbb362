import { expect, it } from 'vitest';
import { reportUnhandled } from '#src/streams/report-unhandled.ts';
import { reported } from '../reported.ts';

it('hands an error to RxJS, which reports it later, not to the caller', async () => {
  const error = new Error('nobody takes it');
  let hasReturned = false;
  const errors = await reported(() => {
    reportUnhandled(error);
    hasReturned = true;
  });
  expect(hasReturned).toBe(true);
  expect(errors).toEqual([error]);
  expect(errors[0]).toBe(error);
});
