import { EMPTY, isObservable, lastValueFrom, of, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { awaitable } from 'kuberx/http';
import { buildObject } from 'kuberx/testing';
import { type ReconcileResult, runResultOf } from '#src/controller/reconcile-result.ts';

const answer = buildObject('default/a', '5');
const status = { apiVersion: 'v1', kind: 'Status', status: 'Success' };
const outcome = { requeueAfter: 5 };

/** The outcome that a result comes to. */
async function outcomeOf(result: ReconcileResult): Promise<unknown> {
  const run: unknown = runResultOf(result);
  return isObservable(run) ? await lastValueFrom(run, { defaultValue: 'none' }) : await run;
}

describe('runResultOf', () => {
  it.each<[string, () => ReconcileResult]>([
    ['an Observable of an object', () => of(answer)],
    ['an Observable of outcomes and an object', () => of<ReconcileValue[]>(outcome, answer)],
    ['a promise of an object', () => Promise.resolve(answer)],
    ['an Awaitable of an object', () => awaitable(of(answer))],
    ['the Status of a deletion', () => of(status)],
    ['objects of several writes', () => of([answer, undefined, status, null])],
    ['no objects of no writes', () => Promise.resolve([])],
    [
      'an object of a class',
      () => Promise.resolve(Object.assign(Object.create(new Date()) as object, { metadata: {} })),
    ],
  ])('takes %s for nothing to ask for', async (_, result) => {
    expect(await outcomeOf(result())).toBeUndefined();
  });

  it.each<[string, () => ReconcileResult, unknown]>([
    ['an outcome', () => outcome, outcome],
    ['an Observable of an outcome', () => of(outcome), outcome],
    ['an outcome after an answer', () => of<ReconcileValue[]>(answer, outcome), outcome],
    ['a promise of an outcome', () => Promise.resolve(outcome), outcome],
    ['an empty Observable', () => EMPTY, 'none'],
    ['a misspelt outcome, for the queue to refuse', () => of({ requeue: 5 }) as never, { requeue: 5 }],
    ['an object that was not awaited, for the queue to refuse', () => answer as never, answer],
    ['an array with an outcome, for the queue to refuse', () => of([outcome]) as never, [outcome]],
  ])('leaves %s as it is', async (_, result, expected) => {
    expect(await outcomeOf(result())).toEqual(expected);
  });

  it('sends a request that is both once, by subscribing', () => {
    let sent = 0;
    const counted$ = Object.assign(awaitable(of(answer)), { then: () => sent++ });
    expect(isObservable(runResultOf(counted$ as never))).toBe(true);
    expect(sent).toBe(0);
  });

  it('hands failures on', async () => {
    await expect(outcomeOf(throwError(() => new Error('boom')))).rejects.toThrow('boom');
    await expect(outcomeOf(Promise.reject(new Error('boom')))).rejects.toThrow('boom');
  });
});

type ReconcileValue = typeof outcome | typeof answer;
