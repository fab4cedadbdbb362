import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { onBytes } from '#src/rest/on-bytes.ts';

const kibi = 1024;
const chunk = (size: number, value: number): Buffer => Buffer.alloc(size, value);
const stream = (): Readable => new Readable({ read: () => undefined });

/** What was heard of a stream, chunk by chunk. */
function heard(from: Readable): number[] {
  const values: number[] = [];
  onBytes(from, (bytes) => values.push(bytes[0]!));
  return values;
}

describe('onBytes', () => {
  it('should give what arrives at once', async () => {
    const response = stream();
    const values = heard(response);
    await turn();
    expect(response.push(chunk(8, 1))).toBe(true);
    expect(values).toEqual([1]);
    response.push(chunk(8, 2));
    expect(values).toEqual([1, 2]);
  });

  it('should leave to the next turns what is more than 256 KiB, and hold the sender back meanwhile', async () => {
    const response = stream();
    const values = heard(response);
    await turn();
    const sizes = Array.from({ length: 32 }, (_, index) => response.push(chunk(64 * kibi, index)));
    expect(values).toEqual([0, 1, 2, 3]);
    expect(sizes.slice(0, 4)).toEqual([true, true, true, true]);
    expect(sizes.at(-1)).toBe(false);
    const seen = [values.length];
    while (values.length < 32) {
      await turn();
      seen.push(values.length);
    }
    expect(values).toEqual(Array.from({ length: 32 }, (_, index) => index));
    expect(Math.max(...seen.slice(1).map((count, index) => count - seen[index]!))).toBe(4);
  });

  it('should keep the order of what comes while something waits', async () => {
    const response = stream();
    const values = heard(response);
    await turn();
    response.push(chunk(256 * kibi, 0));
    response.push(chunk(8, 1));
    await turn();
    response.push(chunk(8, 2));
    response.push(chunk(256 * kibi, 3));
    response.push(chunk(8, 4));
    while (values.length < 5) {
      await turn();
      response.push(chunk(8, 5));
    }
    expect(values.slice(0, 5)).toEqual([0, 1, 2, 3, 4]);
  });

  it('should end after what waited', async () => {
    const response = stream();
    const values = heard(response);
    await turn();
    for (let index = 0; index < 8; index++) response.push(chunk(128 * kibi, index));
    response.push(null);
    expect(values).toEqual([0, 1]);
    await once(response, 'end');
    expect(values).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('should give nothing of a stream that was destroyed', async () => {
    const response = stream();
    const values = heard(response);
    await turn();
    response.push(chunk(256 * kibi, 0));
    response.push(chunk(8, 1));
    response.destroy();
    response.push(chunk(8, 2));
    await once(response, 'close');
    await turn();
    await turn();
    expect(values).toEqual([0]);
  });

  it('should give a piece that is larger than what a turn takes', async () => {
    const response = stream();
    const values = heard(response);
    await turn();
    response.push(chunk(4096 * kibi, 1));
    response.push(chunk(8, 2));
    expect(values).toEqual([1]);
    await turn();
    await turn();
    expect(values).toEqual([1, 2]);
  });
});
