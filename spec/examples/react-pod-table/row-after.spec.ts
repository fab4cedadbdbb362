import { describe, expect, it } from 'vitest';
import { rowAfter } from '../../../examples/react-pod-table/src/row-after.ts';

describe('rowAfter', () => {
  it.each([
    ['ArrowDown', 3, 4],
    ['j', 3, 4],
    ['ArrowUp', 3, 2],
    ['k', 3, 2],
    ['PageDown', 3, 23],
    ['PageUp', 33, 13],
    ['Home', 33, 0],
    ['End', 3, 99],
  ])('leads by %s from row %i to row %i of 100', (key, from, to) => {
    expect(rowAfter(key, from, 100, 20)).toBe(to);
  });

  it('stays within the rows', () => {
    expect(rowAfter('ArrowDown', 99, 100, 20)).toBe(99);
    expect(rowAfter('PageDown', 95, 100, 20)).toBe(99);
    expect(rowAfter('ArrowUp', 0, 100, 20)).toBe(0);
  });

  it('begins with the first row where none is chosen', () => {
    for (const key of ['ArrowDown', 'ArrowUp', 'Home']) expect(rowAfter(key, -1, 100, 20)).toBe(0);
    expect(rowAfter('End', -1, 100, 20)).toBe(99);
  });

  it('leads nowhere without rows, or by another key', () => {
    expect(rowAfter('ArrowDown', -1, 0, 20)).toBeUndefined();
    for (const key of ['Tab', 'a', 'toString', 'Escape']) expect(rowAfter(key, 3, 100, 20)).toBeUndefined();
  });
});
