import { EMPTY, isObservable, lastValueFrom, throwError, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { isolated } from '#src/streams/isolated.ts';

const no = new Error('no');

describe('isolated', () => {
  it.each([
    ['throws', () => { throw no; }], // prettier-ignore
    ['has an Observable that fails', () => throwError(() => no)],
    ['has a promise that fails', () => Promise.reject(no)],
  ])('tells of a projection that %s, and gives nothing for it', async (_how, project) => {
    const told: unknown[] = [];
    const projected$ = isolated(project, (cause, item: string) => told.push([cause, item]))('a');
    if (!isObservable(projected$)) throw new Error('it gives an Observable');
    expect(await lastValueFrom(projected$.pipe(toArray()))).toEqual([]);
    expect(told).toEqual([[no, 'a']]);
  });

  it('tells of what can neither be subscribed to nor read', () => {
    const told: unknown[] = [];
    const unreadable = Object.defineProperty(['1'], '0', {
      get: () => {
        throw no;
      },
    });
    for (const given of [undefined as never, unreadable])
      void isolated(
        () => given,
        (cause) => told.push(cause),
      )('a');
    expect(told).toEqual([expect.any(TypeError), no]);
  });

  it('leaves what is done when it returns as it is', () => {
    const failed = (cause: unknown): never => {
      throw cause;
    };
    expect(isolated(() => EMPTY, failed)('a')).toBe(EMPTY);
    expect(isolated(() => [1, 2], failed)('a')).toEqual([1, 2]);
  });

  it('fails with what it throws who is told', async () => {
    const other = new Error('other');
    const failed = (): never => {
      throw other;
    };
    const throwing = (): never => {
      throw no;
    };
    expect(() => isolated(throwing, failed)('a')).toThrow(other);
    const later$ = isolated(() => throwError(() => no), failed)('a');
    if (!isObservable(later$)) throw new Error('it gives an Observable');
    await expect(lastValueFrom(later$)).rejects.toBe(other);
  });
});
