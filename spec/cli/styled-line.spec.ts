import { describe, expect, it } from 'vitest';
import { clipped, spreadLine, styledLine, width } from '#src/cli/styled-line.ts';

describe('styledLine', () => {
  it('should clip with an ellipsis, and never be wider than asked', () => {
    expect(clipped('abcdef', 6)).toBe('abcdef');
    expect(clipped('abcdef', 5)).toBe('abcd…');
    expect(clipped('abcdef', 1)).toBe('…');
    expect(clipped('abcdef', 0)).toBe('');
    expect(clipped('名前名前', 5)).toBe('名前…');
    expect(width('名前 a█…')).toBe(8);
  });

  it('should clip across pieces', () => {
    expect(styledLine(['abc', 'def', 'ghi'], 9)).toBe('abcdefghi');
    expect(styledLine(['abc', 'def', 'ghi'], 5)).toBe('abcd…');
    expect(styledLine(['abc', 'def'], 3)).toBe('abc');
  });

  it('should spread to both ends, and clip the left one for the right one', () => {
    expect(spreadLine(['ab'], ['cd'], 8)).toBe('ab    cd');
    expect(spreadLine(['abcdefgh'], ['ij'], 10)).toBe('abcde…  ij');
    expect(spreadLine(['名名名名'], ['ij'], 10)).toBe('名名…   ij');
  });

  it('should drop the right end where it would take more than half', () => {
    expect(spreadLine(['ab'], ['cd'], 7)).toBe('ab');
    expect(spreadLine(['abcd'], ['ef'], 3)).toBe('ab…');
  });
});
