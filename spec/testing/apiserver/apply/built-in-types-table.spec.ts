import { describe, expect, it } from 'vitest';
import { builtInTypesTable } from '#src/testing/apiserver/apply/built-in-types-table.ts';

const lines = builtInTypesTable.trim().split('\n');
const names = new Set(lines.map((line) => line.split(' ')[0]));

describe('the table of types', () => {
  it('has each type once, in order, and all that it refers to', () => {
    expect(lines).toEqual([...lines].sort());
    expect(names.size).toBe(lines.length);
    const referred = lines.flatMap((line) => Array.from(line.matchAll(/:(\S+)/g), ([, name]) => name));
    expect(referred.filter((name) => !names.has(name))).toEqual([]);
  });

  it('is written in the marks that it explains', () => {
    const token = /^[A-Za-z$-]+(\[([A-Za-z]+(=[A-Za-z]+)?(,[A-Za-z]+(=[A-Za-z]+)?)*)?\])?[+!*]*(:\S+)?$/;
    expect(lines.flatMap((line) => line.split(' ').slice(1)).filter((each) => !token.test(each))).toEqual([]);
  });
});
