import { describe, expect, it } from 'vitest';
import { exists, namedSpecs, readPage } from './named-specs.ts';

const named = namedSpecs(readPage('docs/guarantees.md'));

describe('docs/guarantees.md', () => {
  it('names specs', () => expect(named.length).toBeGreaterThan(20));

  it.each(named.map(({ file, name }) => [file, name] as const))('names a spec that exists: %s, %s', (file, name) => {
    expect(exists({ file, name })).toBe(true);
  });
});
