import { describe, expect, it } from 'vitest';
import { type AbortReason, RunAbortedError } from 'kuberx/queue';

describe('RunAbortedError', () => {
  it.each<[AbortReason, RegExp]>([
    ['timeout', /the run of default\/a was aborted: it took too long/],
    ['unsubscribed', /nobody listens/],
    ['drained', /had to end/],
  ])('says why: %s', (reason, why) => {
    const error = new RunAbortedError('default/a', reason);
    expect(error.message).toMatch(why);
    expect(error).toMatchObject({ name: 'RunAbortedError', reason, key: 'default/a' });
  });
});
