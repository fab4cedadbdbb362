import { describe, expect, it } from 'vitest';
import { exists, namedSpecs, readPage } from './named-specs.ts';

const page = readPage('docs/security.md');
const named = namedSpecs(page);
/** What comes after it is what nobody promises. */
const [promised = ''] = page.split('\n## Not bounded');
const lines = promised.split(/^- \*\*/m).slice(1);

describe('docs/security.md', () => {
  it('has lines', () => expect(lines.length).toBeGreaterThan(15));

  it.each(lines.map((line) => [line.split('**')[0], line] as const))('names a spec of its line: %s', (_, line) => {
    expect(namedSpecs(line).length).toBeGreaterThan(0);
  });

  it.each(named.map(({ file, name }) => [file, name] as const))('names a spec that exists: %s, %s', (file, name) => {
    expect(exists({ file, name })).toBe(true);
  });
});
