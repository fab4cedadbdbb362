import { expect, it } from 'vitest';
import { warningHeader, withWarnings } from '#src/testing/apiserver/requests/warning-header.ts';

it('quotes each warning once', () => {
  expect(warningHeader(['a "b" \\c', 'd', 'd'])).toBe('299 - "a \\"b\\" \\\\c", 299 - "d"');
  expect(warningHeader([])).toBeUndefined();
});

it('is sent in the bytes of UTF-8, without what no header can hold', () => {
  expect(warningHeader(['ü', 'a\nb', 'c\u007fd', 'e\ud800', ''])).toBe('299 - "Ã¼"');
});

it('is cut where there is too much of it, so that a client can read it', () => {
  const many = Array.from({ length: 100_000 }, (_, index) => `unknown field "${index}"`);
  const header = warningHeader(many) ?? '';
  expect(header.length).toBeLessThan(12_000);
  expect(header).toMatch(/^299 - "unknown field \\"0\\"", 299/);
  const long = warningHeader(['x'.repeat(10_000), 'y']) ?? '';
  expect(long).toBe(`299 - "${'x'.repeat(256)}", 299 - "y"`);
});

it('goes with an answer', () => {
  const reply = { code: 200, headers: { a: 'b' }, body: '' };
  expect(withWarnings([], reply)).toBe(reply);
  expect(withWarnings(['w'], reply).headers).toEqual({ a: 'b', Warning: '299 - "w"' });
});
