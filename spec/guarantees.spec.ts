import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const named = [...readFileSync(join(root, 'docs/guarantees.md'), 'utf8').matchAll(/^\s*- `(spec\/[^`]+)`: "(.+)"$/gm)];

describe('docs/guarantees.md', () => {
  it('should name specs', () => expect(named.length).toBeGreaterThan(20));

  it.each(named.map(([, file, name]) => [file!, name!]))('should name a spec that exists: %s, %s', (file, name) => {
    expect(existsSync(join(root, file))).toBe(true);
    const quoted = [`'${name}'`, `"${name}"`, `\`${name}\``];
    const source = readFileSync(join(root, file), 'utf8');
    expect(quoted.some((each) => source.includes(each))).toBe(true);
  });
});
