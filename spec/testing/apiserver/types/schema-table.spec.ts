import { describe, expect, it } from 'vitest';
import { schemaTable } from '#src/testing/apiserver/types/schema-table.ts';

const lines = schemaTable.trim().split('\n');
const names = lines.map((line) => line.split(' ')[0]!.replace('%', ''));

describe('the table of schemas', () => {
  it('has each type once, and all that it refers to', () => {
    expect(new Set(names).size).toBe(names.length);
    const known = new Set(names);
    const referred = lines.flatMap((line) => {
      const home = line
        .split(' ')[0]!
        .replace('%', '')
        .replace(/\.[^.]+$/u, '');
      return Array.from(line.matchAll(/:(\.?[\w-]+(?:\.[\w-]+)+|\.\w+)/gu), ([, name = '']) =>
        name.startsWith('.') ? home + name : name,
      );
    });
    expect(referred.length).toBeGreaterThan(500);
    expect(referred.filter((name) => !known.has(name))).toEqual([]);
  });

  it('has no prose, and is no larger than 64 KiB', () => {
    expect(schemaTable.length).toBeLessThan(64 * 1024);
  });
});
