import { defer } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { awaitable } from '#src/protocol/awaitable.ts';
import { checkedDone } from '#src/streams/checks/checked-done.ts';

describe('checkedDone', () => {
  it.each([[undefined], [null], [0], [{ then: 'data' }]])('returns %j', (result) => {
    expect(checkedDone('a transform', result)).toBe(result);
  });

  it('refuses a promise, and hears how it ends', () => {
    const then = vi.fn();
    expect(() => checkedDone('a transform', { then })).toThrow(
      new TypeError('a transform returned a promise; it has to be done when it returns'),
    );
    expect(then).toHaveBeenCalledExactlyOnceWith(undefined, expect.any(Function));
  });

  it('refuses an Observable without sending it, even where it could be awaited', () => {
    const subscribed = vi.fn();
    expect(() => checkedDone('a transform', awaitable(defer(subscribed)))).toThrow(
      new TypeError('a transform returned an Observable; it has to be done when it returns'),
    );
    expect(subscribed).not.toHaveBeenCalled();
  });
});
