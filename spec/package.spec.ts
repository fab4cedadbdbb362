import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Entry {
  readonly types: string;
  readonly default: string;
}

const { bin, exports, main, types, typesVersions } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly exports: Readonly<Record<string, Entry | string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly main: string;
  readonly types: string;
  readonly typesVersions: Readonly<Record<string, unknown>>;
};

describe('package.json', () => {
  it('names for tools that know no exports what its exports name', () => {
    const entries = Object.entries(exports).filter((entry): entry is [string, Entry] => typeof entry[1] === 'object');
    const { '.': root, ...others } = Object.fromEntries(entries);
    expect({ main, types }).toEqual({ main: root?.default, types: root?.types });
    const named = Object.entries(others).map(([name, entry]) => [name.replace('./', ''), [entry.types]] as const);
    expect(named.length).toBeGreaterThan(8);
    expect(typesVersions).toEqual({ '*': Object.fromEntries(named) });
  });

  it('has programs that are built from what is there, and that a shell can start', () => {
    for (const path of Object.values(bin)) {
      const source = path.replace('./dist/', 'src/').replace(/\.js$/, '.ts');
      expect(existsSync(source), source).toBe(true);
      expect(readFileSync(source, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    }
    expect(Object.keys(bin)).toEqual(['kuberx-apiserver']);
  });
});
