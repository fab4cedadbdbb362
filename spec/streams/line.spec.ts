import { describe, expect, it } from 'vitest';
import { Line } from '#src/streams/line.ts';

describe('Line', () => {
  it('is first in, first out, across the points at which it moves up', () => {
    const line = new Line<number>([0, 1, 2]);
    let [next, expected] = [3, 0];
    for (let round = 0; round < 200; round++) {
      for (let count = 0; count < 50 + (round % 7); count++) line.push(next++);
      for (let count = 0; count < 47 + (round % 11); count++) {
        if (line.length === 0) continue;
        expect(line.peek()).toBe(expected);
        expect(line.shift()).toBe(expected++);
      }
      expect(line.length).toBe(next - expected);
    }
    expect([...line]).toEqual(Array.from({ length: next - expected }, (_, index) => expected + index));
    while (line.length > 0) expect(line.shift()).toBe(expected++);
    expect([line.peek(), line.shift(), line.length]).toEqual([undefined, undefined, 0]);
  });
});
