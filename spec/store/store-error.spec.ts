import { describe, expect, it } from 'vitest';
import { KeyError, store as makeStore, StoreError } from 'kuberx';
import { type Pod } from './pods.ts';

describe('a StoreError', () => {
  it('has the KeyError that led to it as its cause', () => {
    const store = makeStore<Pod>();
    for (const question of [() => store.get({} as Pod), () => store.add({} as Pod), () => store.admit({} as Pod)]) {
      try {
        question();
        expect.unreachable();
      } catch (error) {
        expect(error).toBeInstanceOf(StoreError);
        expect((error as StoreError).cause).toEqual(new KeyError('cannot key an object without metadata'));
      }
    }
  });
});
