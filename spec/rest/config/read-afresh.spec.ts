import { readFile, stat } from 'node:fs/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readAfresh } from '#src/rest/config/read-afresh.ts';

vi.mock('node:fs/promises', () => ({ readFile: vi.fn(), stat: vi.fn() }));

const never = new Promise<never>(() => undefined);

/** What a file system says next of which file is in a place; it hangs where that is undefined. */
function there(...files: readonly (bigint | undefined)[]): void {
  for (const ino of files)
    vi.mocked(stat).mockImplementationOnce(() =>
      ino === undefined ? never : (Promise.resolve({ dev: 1n, ino }) as never),
    );
}

/** What it says next of what is in the file. */
function inIt(...texts: readonly (string | undefined)[]): void {
  for (const text of texts)
    vi.mocked(readFile).mockImplementationOnce(() => (text === undefined ? never : Promise.resolve(text)));
}

/** Lets all that is not held back go on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

const calls = () => [vi.mocked(stat).mock.calls.length, vi.mocked(readFile).mock.calls.length];

describe('readAfresh', () => {
  beforeEach(() => {
    vi.mocked(stat).mockReset().mockReturnValue(never);
    vi.mocked(readFile).mockReset().mockReturnValue(never);
  });

  it('waits for a read of the file that is there still, and reads once for those who wait', async () => {
    const end = Promise.withResolvers<string>();
    vi.mocked(readFile).mockReturnValueOnce(end.promise);
    there(1n, 1n, 1n, 1n);
    inIt('two');
    const texts = [readAfresh('/same')];
    await settled();
    texts.push(readAfresh('/same'), readAfresh('/same'));
    await settled();
    expect(calls()).toEqual([2, 1]);
    end.resolve('one');
    expect(await Promise.all(texts)).toEqual(['one', 'two', 'two']);
    expect(calls()).toEqual([3, 2]);
  });

  it('passes over a read that hangs before the file is known, once it can be', async () => {
    there(undefined, 2n, 2n);
    inIt('two');
    void readAfresh('/mounted');
    expect(await readAfresh('/mounted')).toBe('two');
  });

  it('takes two threads for a file at most', async () => {
    there(1n, 2n, 2n, 3n);
    for (let call = 0; call < 5; call += 1) {
      void readAfresh('/hanging');
      await settled();
    }
    expect(calls()).toEqual([3, 2]);
  });

  // Last, as it holds up all looks that follow.
  it('looks for another file once at a time, however many hang', async () => {
    there(1n, 1n);
    for (const file of ['/one', '/other', '/one', '/other', '/one', '/other']) {
      void readAfresh(file);
      await settled();
    }
    expect(calls()).toEqual([3, 2]);
  });
});
