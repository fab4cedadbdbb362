import { describe, expect, it } from 'vitest';
import { Entry } from '#src/workqueue/lines/entry.ts';
import { ReadyLines } from '#src/workqueue/lines/ready-lines.ts';

function entry(key: string, priority = 0): Entry<string> {
  return Object.assign(new Entry(key), { priority });
}

function taken(lines: ReadyLines<string>): string[] {
  const keys: string[] = [];
  for (let next = lines.take(); next !== undefined; next = lines.take()) keys.push(next.key);
  return keys;
}

describe('ReadyLines', () => {
  it('starves no line, however many there are above it', () => {
    const lines = new ReadyLines<string>({ lowEvery: 3 });
    for (let count = 0; count < 6; count++) lines.push(entry(`high${count}`, 10));
    lines.push(entry('low', -100));
    lines.push(entry('middle', 0));
    expect(taken(lines)).toEqual(['high0', 'high1', 'low', 'high2', 'high3', 'middle', 'high4', 'high5']);
  });

  it('never takes a low one first where that is switched off', () => {
    const lines = new ReadyLines<string>({ lowEvery: Infinity });
    lines.push(entry('low', -100));
    for (let count = 0; count < 20; count++) lines.push(entry(`high${count}`));
    expect(taken(lines).at(-1)).toBe('low');
  });

  it('puts a key first again, and its group', () => {
    const lines = new ReadyLines<string>({ lowEvery: 8, group: (key) => key[0]! });
    for (const key of ['a1', 'b1', 'a2', 'b2']) lines.push(entry(key));
    const first = lines.take()!;
    lines.pushFront(first);
    expect(taken(lines)).toEqual(['a1', 'b1', 'a2', 'b2']);
  });

  it('takes out the first, the middle and the last of a line, and forgets an empty one', () => {
    const lines = new ReadyLines<string>({ lowEvery: 8 });
    const entries = ['a', 'b', 'c', 'd', 'e'].map((key) => entry(key));
    for (const each of entries) lines.push(each);
    for (const index of [0, 2, 4]) lines.remove(entries[index]!);
    lines.remove(entries[0]!);
    expect(lines.size).toBe(2);
    expect(taken(lines)).toEqual(['b', 'd']);
    expect(lines.oldestSince()).toBeUndefined();
    expect(lines.take()).toBeUndefined();
  });

  it('counts the keys below a priority, and knows since when the heads wait', () => {
    const lines = new ReadyLines<string>({ lowEvery: 8 });
    lines.push(Object.assign(entry('a', -100), { since: 7 }));
    lines.push(Object.assign(entry('b'), { since: 9 }));
    expect([lines.countBelow(0), lines.countBelow(1), lines.oldestSince()]).toEqual([1, 2, 7]);
  });
});
