import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { onBytes } from '#src/rest/connection/on-bytes.ts';

const kibi = 1024;
const chunk = (size: number, value: number): Buffer => Buffer.alloc(size, value);
const stream = (): Readable => new Readable({ read: () => undefined });

/** What is heard of a stream that flows, chunk by chunk. */
async function heard(response: Readable): Promise<number[]> {
  const values: number[] = [];
  onBytes(response, (bytes) => values.push(bytes[0]!));
  await turn();
  return values;
}

describe('onBytes', () => {
  it('gives what arrives at once', async () => {
    const response = stream();
    const values = await heard(response);
    expect(response.push(chunk(8, 1))).toBe(true);
    expect(values).toEqual([1]);
    response.push(chunk(8, 2));
    expect(values).toEqual([1, 2]);
  });

  it('leaves to the next turns what is more than 256 KiB, and holds the sender back meanwhile', async () => {
    const response = stream();
    const values = await heard(response);
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

  it('keeps the order of what comes while something waits', async () => {
    const response = stream();
    const values = await heard(response);
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

  it('lets the stream end at once, and runs what is to follow after what waits', async () => {
    const response = stream();
    const values: (number | string)[] = [];
    const body = onBytes(response, (bytes) => values.push(bytes[0]!));
    response.on('end', () => {
      values.push('end of the stream');
      body.after(() => values.push('end'));
    });
    await turn();
    body.after(() => values.push('at once'));
    for (let index = 0; index < 8; index++) response.push(chunk(128 * kibi, index));
    response.push(null);
    await once(response, 'end');
    expect(values).toEqual(['at once', 0, 1, 'end of the stream']);
    response.destroy();
    while (values.at(-1) !== 'end') await turn();
    expect(values.slice(4)).toEqual([2, 3, 4, 5, 6, 7, 'end']);
  });

  it('gives nothing once it is stopped, also by who is given something', async () => {
    const response = stream();
    const values: (number | string)[] = [];
    const body = onBytes(response, (bytes) => {
      values.push(bytes[0]!);
      if (bytes[0] === 1) body.stop();
    });
    await turn();
    for (let index = 0; index < 8; index++) response.push(chunk(256 * kibi, index));
    body.after(() => values.push('after'));
    await turn();
    await turn();
    response.push(chunk(8, 8));
    body.after(() => values.push('later'));
    await turn();
    expect(values).toEqual([0, 1]);
  });

  it('asks for more once what the sender was held back for is given', async () => {
    let asked = 0;
    const response = new Readable({ read: () => (asked += 1) });
    const values = await heard(response);
    const before = asked;
    expect(response.push(chunk(256 * kibi, 0))).toBe(true);
    expect(response.push(chunk(256 * kibi, 1))).toBe(false);
    expect(asked).toBe(before);
    while (values.length < 2) await turn();
    expect(asked).toBe(before + 1);
  });

  it('gives a piece that is larger than what a turn takes', async () => {
    const response = stream();
    const values = await heard(response);
    response.push(chunk(4096 * kibi, 1));
    response.push(chunk(8, 2));
    expect(values).toEqual([1]);
    await turn();
    await turn();
    expect(values).toEqual([1, 2]);
  });
});
