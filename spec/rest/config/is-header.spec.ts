import http from 'node:http';
import { describe, expect, it } from 'vitest';
import { isHeader } from '#src/rest/config/is-header.ts';

describe('isHeader', () => {
  it('takes what Node takes, of every character of Latin-1 and some beyond', () => {
    const byNode = (text: string): boolean => {
      try {
        http.validateHeaderValue('authorization', text);
        return true;
      } catch {
        return false;
      }
    };
    const characters = [...Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)), '\u0100', '東', '\u{1F600}', '\uD800']; // prettier-ignore
    for (const each of characters) expect([each, isHeader(`a${each}b`)]).toEqual([each, byNode(`a${each}b`)]);
    expect(isHeader('')).toBe(byNode(''));
  });
});
