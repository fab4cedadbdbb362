import { describe, expect, it } from 'vitest';
import { clipped, fittingLine, type Line, styledLine, width } from '../../../cli/terminal/styled-line.ts';

describe('styledLine', () => {
  it('clips with an ellipsis, and is never wider than asked', () => {
    expect(clipped('abcdef', 6)).toBe('abcdef');
    expect(clipped('abcdef', 5)).toBe('abcd…');
    expect(clipped('abcdef', 1)).toBe('…');
    expect(clipped('abcdef', 0)).toBe('');
    expect(clipped('名前名前', 5)).toBe('名前…');
    expect(clipped('host.example:6443', 10, 'start')).toBe('…mple:6443');
    expect(clipped('web-7d9f8b6c5d-x2x1z', 11, 'middle')).toBe('web-7…x2x1z');
    expect(width('名前 a█…')).toBe(8);
  });

  it('clips across pieces', () => {
    expect(styledLine(['abc', 'def', 'ghi'], 9)).toBe('abcdefghi');
    expect(styledLine(['abc', 'def', 'ghi'], 5)).toBe('abcd…');
    expect(styledLine(['abc', 'def'], 3)).toBe('ab…');
  });
});

describe('fittingLine', () => {
  const ways: readonly Line[] = [
    { left: ['abcdef'], right: ['ghi'] },
    { left: ['abc'], right: ['ghi'] },
    { left: ['abc'] },
    { left: ['ab'] },
  ];

  it('says as much as there is room for, to both ends', () => {
    expect(fittingLine(ways, 12)).toBe('abcdef   ghi');
    expect(fittingLine(ways, 11)).toBe('abcdef  ghi');
    expect(fittingLine(ways, 10)).toBe('abc    ghi');
    expect(fittingLine(ways, 7)).toBe('abc');
    expect(fittingLine(ways, 2)).toBe('ab');
  });

  it('clips the last way where none fits', () => {
    expect(fittingLine(ways, 1)).toBe('…');
    expect(fittingLine([{ left: ['abcd'], right: ['e'] }], 3)).toBe('ab…');
    expect(fittingLine([], 5)).toBe('');
  });
});
