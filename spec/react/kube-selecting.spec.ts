import { describe, expect, it } from 'vitest';
import { parseLabelSelector } from 'kuberx';
import { orderName, selectingName } from '#src/react/kube-selecting.ts';
import type { Pod } from './a-world.ts';

const key = ({ metadata }: Pod): string => metadata.name;
const where = (): boolean => true;

describe('orderName', () => {
  it('is equal for the same functions in the same directions, whatever objects they are in', () => {
    expect(orderName({ orderBy: [{ key }] })).toBe(orderName({ orderBy: [{ key, desc: false, natural: undefined }] }));
    expect(orderName({})).toBe(orderName({ orderBy: [] }));
    const names = [
      { orderBy: [{ key }] },
      { orderBy: [{ key, desc: true }] },
      { orderBy: [{ key, natural: true }] },
      { orderBy: [{ key }, { key }] },
      { orderBy: [{ key: (pod: Pod) => pod.metadata.name }] },
    ].map(orderName);
    expect(new Set(names).size).toBe(names.length);
  });

  it('refuses what is not an array of keys', () => {
    for (const orderBy of [key, { key }, [key], null]) {
      expect(() => orderName({ orderBy: orderBy as never })).toThrow(/orderBy.* is of type .*; it takes keys such as/);
    }
  });
});

describe('selectingName', () => {
  it('differs where one of the options does', () => {
    const names = [
      {},
      { where },
      { where: () => true },
      { where, until: () => 1 },
      { labelSelector: 'app=web' },
      { labelSelector: parseLabelSelector('app=web') },
      { orderBy: [{ key }] },
    ].map(selectingName);
    expect(new Set(names).size).toBe(names.length);
    expect(selectingName({ where, labelSelector: 'app=web' })).toBe(selectingName({ labelSelector: 'app=web', where }));
  });
});
