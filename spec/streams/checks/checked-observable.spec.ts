import { EMPTY, type Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { awaitable } from 'kuberx/http';
import { checkedObservable } from '#src/streams/checks/checked-observable.ts';

describe('checkedObservable', () => {
  function check(value: unknown): Observable<unknown> {
    return checkedObservable('list returned', value as Observable<unknown>);
  }

  it('returns an Observable, one that can be awaited too', () => {
    expect(check(EMPTY)).toBe(EMPTY);
    const both$ = awaitable(EMPTY);
    expect(check(both$)).toBe(both$);
  });

  it.each([
    [undefined, 'list returned undefined;'],
    [null, 'list returned null;'],
    [5, 'list returned a number;'],
    [[], 'list returned an object;'],
    [Promise.resolve(1), 'list returned a promise;'],
  ])('refuses %s', (value, message) => {
    expect(() => check(value)).toThrow(message);
    expect(() => check(value)).toThrow(TypeError);
  });

  it('says how a promise becomes an Observable, and lets no rejection end the process', async () => {
    expect(() => check(Promise.reject(new Error('dropped')))).toThrow('defer(() => from(promise()))');
    // An unhandled rejection would fail the run.
    await new Promise((resolve) => setImmediate(resolve));
  });
});
