import { config } from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';
import { checkedSettings } from '#src/workqueue/settings.ts';

describe('checkedSettings', () => {
  afterEach(() => {
    config.onUnhandledError = null;
  });

  it('has defaults', () => {
    expect(checkedSettings()).toMatchObject({
      concurrency: 1,
      lowEvery: 8,
      timeout: Infinity,
      abandonAfter: 30_000,
      holdAtMost: 5000,
    });
  });

  it.each([
    [{ abandonAfter: -1 }, RangeError],
    [{ holdAtMost: NaN }, RangeError],
    [{ lowEvery: 0 }, RangeError],
    [{ concurrency: NaN }, RangeError],
    [{ group: 5 }, TypeError],
    [{ identity: 'x' }, TypeError],
    [{ mayStart: {} }, TypeError],
    [{ random: 1 }, TypeError],
  ])('refuses %j', (options, type) => {
    expect(() => checkedSettings(options as never)).toThrow(type);
  });

  it('goes on without functions that throw, and hands their errors to RxJS', async () => {
    const errors: unknown[] = [];
    config.onUnhandledError = (error) => errors.push(error);
    const boom = (): never => {
      throw new Error('boom');
    };
    const { group, identity, mayStart } = checkedSettings({ group: boom, identity: boom, mayStart: boom });
    expect([group?.('a'), identity('a'), mayStart('a')]).toEqual(['', undefined, undefined]);
    await new Promise((resolve) => setTimeout(resolve));
    expect(errors.map(String)).toEqual(['Error: boom', 'Error: boom', 'Error: boom']);
  });
});
