import { describe, expect, it } from 'vitest';
import { printable } from 'kuberx';

describe('printable', () => {
  it.each([
    ['as it is', 'pods "web-1" is forbidden', 'pods "web-1" is forbidden'],
    ['other scripts', 'Ünïcode 日本 שלום 🙂', 'Ünïcode 日本 שלום 🙂'],
    ['an OSC that sets the title', 'a\u001b]0;owned\u0007b', 'a ]0;owned b'],
    ['a CSI that clears the screen', 'a\u001b[2Jb', 'a [2Jb'],
    ['C1 controls, which some terminals obey', 'a\u009b2Jb\u009d0;t\u009c', 'a 2Jb 0;t'],
    ['overrides of direction', 'a\u202eb\u2066c\u200fd', 'a b c d'],
    ['line ends of all kinds', 'a\r\nb\u0085c\u2028d\u2029e\u000bf', 'a b c d e f'],
    ['tags and joiners, which are not seen', 'a\u{e0041}b\u200bc\ufeffd', 'a b c d'],
    ['half a character', 'a\ud83db\udc00', 'a b'],
    ['nothing but blanks', ' \t\n ', ''],
  ])('is one line that a terminal only prints: %s', (_what, text, line) => {
    expect(printable(text)).toBe(line);
  });

  it('has at most 1,000 characters, or as many as asked for, and shows that it was cut', () => {
    expect(printable('x'.repeat(1000))).toBe('x'.repeat(1000));
    expect(printable('x'.repeat(1001))).toBe(`${'x'.repeat(999)}…`);
    expect(printable('abcdef', 4)).toBe('abc…');
    expect(printable('ab🙂🙂', 4)).toBe('ab…');
    expect(printable(`a${' '.repeat(100_000)}b`)).toBe('a…');
    expect(printable('\u001b'.repeat(100_000))).toBe('…');
  });

  it('costs no more for a text of 50 MB', () => {
    const text = '\u001b[0m'.repeat(12_500_000);
    expect(printable(text)).toHaveLength(1000);
  });
});
