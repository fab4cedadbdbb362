import { expect, it } from 'vitest';
import { LeadershipError } from 'kuberx';

it('has its name and its reason', () => {
  const error = new LeadershipError({ reason: 'Unsettled', message: 'work goes on' });
  expect(error).toMatchObject({ name: 'LeadershipError', reason: 'Unsettled', message: 'work goes on' });
  expect(error).toBeInstanceOf(Error);
});
