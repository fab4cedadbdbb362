import { getEventListeners } from 'node:events';
import { BehaviorSubject, NEVER, type Observable, of, Subject, VirtualAction, VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { WaitEndedError, waitFor, type WaitForOptions, WaitTimeoutError } from 'kuberx';
import { exists, isDeleted } from 'kuberx/conditions';
import { type Pod, pod } from '../../store/pods.ts';

/** How a wait ended, and when in virtual time; whatever is due by then has happened. */
async function outcome(
  object$: Observable<Pod | undefined>,
  options: WaitForOptions,
): Promise<{ readonly at: number; readonly due: number; readonly error: unknown }> {
  const scheduler = new VirtualTimeScheduler(VirtualAction);
  const wait = waitFor(object$, exists, { ...options, scheduler });
  const due = scheduler.actions.length;
  scheduler.flush();
  const error: unknown = await wait.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { at: scheduler.now(), due, error };
}

describe('waitFor', () => {
  it('resolves with the object of which the condition holds', async () => {
    const object$ = new BehaviorSubject<Pod | undefined>(undefined);
    const wait = waitFor(object$, exists);
    const created = pod('a');
    object$.next(created);
    expect(await wait).toBe(created);
    await expect.poll(() => object$.observed).toBe(false);
  });

  it('resolves with undefined where the condition holds of no object', async () => {
    expect(await waitFor(of(pod('a'), undefined), isDeleted())).toBe(undefined);
  });

  it('is rejected after the timeout, and leaves', async () => {
    const object$ = new Subject<Pod | undefined>();
    const { at, error } = await outcome(object$, { timeout: 500 });
    expect(at).toBe(500);
    expect(error).toBeInstanceOf(WaitTimeoutError);
    expect(object$.observed).toBe(false);
  });

  it.each([
    ['nothing', NEVER, undefined, 'the pod did not come about within 500 ms; there was no state to look at'],
    [
      'no object',
      new BehaviorSubject(undefined),
      undefined,
      'the pod did not come about within 500 ms; there is no object',
    ],
  ])('says what was waited for, for how long, and what was seen last: %s', async (_, object$, lastSeen, message) => {
    const { error } = await outcome(object$, { timeout: 500, waitedFor: 'the pod' });
    expect(error).toMatchObject({ name: 'WaitTimeoutError', waitedFor: 'the pod', timeout: 500, lastSeen, message });
  });

  it('says the version that was seen last, and has the object at hand but not in the message', async () => {
    const seen = pod('secret', { version: 7 });
    const scheduler = new VirtualTimeScheduler(VirtualAction);
    const wait = waitFor(new BehaviorSubject<Pod | undefined>(seen), isDeleted(), { timeout: 500, scheduler });
    scheduler.flush();
    const error: unknown = await wait.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      message: 'the condition did not come about within 500 ms; the object was at version 7',
    });
    expect((error as WaitTimeoutError).lastSeen).toBe(seen);
  });

  it('looks once where the timeout is 0', async () => {
    expect((await outcome(new BehaviorSubject(pod('a')), { timeout: 0 })).error).toBe(undefined);
    expect((await outcome(NEVER, { timeout: 0 })).error).toBeInstanceOf(WaitTimeoutError);
  });

  it('leaves no timer, however it ends', async () => {
    const scheduler = new VirtualTimeScheduler(VirtualAction);
    const due = (): number => scheduler.actions.filter((action) => !action.closed).length;
    const options = { timeout: 500, scheduler };
    await waitFor(of(pod('a')), exists, options);
    expect(due()).toBe(0);
    await expect(waitFor(of(undefined), exists, options)).rejects.toThrow(WaitEndedError);
    expect(due()).toBe(0);
    const controller = new AbortController();
    const wait = waitFor(NEVER, exists, { ...options, signal: controller.signal });
    expect(due()).toBe(1);
    controller.abort();
    expect(due()).toBe(0);
    await expect(wait).rejects.toThrow('aborted');
  });

  it('needs no timer by default', () => {
    const scheduler = new VirtualTimeScheduler(VirtualAction);
    void waitFor(NEVER, exists, { scheduler });
    expect(scheduler.actions).toEqual([]);
  });

  it('is rejected with the reason of a signal, before or meanwhile, and leaves no listener', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const object$ = new Subject<Pod | undefined>();
    const wait = waitFor(object$, exists, { signal, timeout: 60_000 });
    controller.abort(new Error('enough'));
    await expect(wait).rejects.toThrow('enough');
    expect([object$.observed, getEventListeners(signal, 'abort').length]).toEqual([false, 0]);
    await expect(waitFor(of(pod('a')), exists, { signal })).rejects.toThrow('enough');
  });

  it('is rejected with an error of the stream, and with what the condition throws', async () => {
    const object$ = new Subject<Pod | undefined>();
    const wait = waitFor(object$, exists, { timeout: 500 });
    object$.error(new Error('broken'));
    await expect(wait).rejects.toThrow('broken');
    const condition = (): boolean => {
      throw new Error('asked wrongly');
    };
    await expect(waitFor(of(pod('a')), condition)).rejects.toThrow('asked wrongly');
  });

  it('is rejected where the stream ends, and says what was waited for', async () => {
    await expect(waitFor(of(undefined), exists, { waitedFor: 'the pod' })).rejects.toThrow(
      'the pod can no longer happen: its stream has ended',
    );
  });

  it.each([-1, Number.NaN, '5' as never])('refuses a timeout of %s, and does not begin', async (timeout) => {
    const object$ = new Subject<Pod | undefined>();
    await expect(waitFor(object$, exists, { timeout })).rejects.toThrow(RangeError);
    expect(object$.observed).toBe(false);
  });

  it.each([
    [null, 'waitFor was given null; it has to be an Observable'],
    [{ metadata: {} }, 'waitFor was given an object'],
    [Promise.resolve(undefined), 'waitFor was given a promise'],
  ])('refuses %j in place of an Observable', async (given, message) => {
    await expect(waitFor(given as never, exists)).rejects.toThrow(message);
  });

  it('refuses what is not a condition', async () => {
    const object$ = new Subject<Pod | undefined>();
    await expect(waitFor(object$, undefined as never)).rejects.toThrow('condition is of type undefined');
    expect(object$.observed).toBe(false);
  });
});
