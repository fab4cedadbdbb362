import { describe, expect, it } from 'vitest';
import { exists, namedSpec, namedSpecs, readPage } from './named-specs.ts';

/** A row of a table of the page: what is pinned, whether it is subtle, and what stands for it here. */
interface Row {
  readonly section: string;
  readonly what: string;
  readonly isStarred: boolean;
  readonly here: string;
}

const rows: Row[] = readPage('docs/parity.md')
  .split(/^## /m)
  .slice(1)
  .flatMap((text) => {
    const [section = '', ...lines] = text.split('\n');
    const cells = lines
      .filter((line) => line.startsWith('|'))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    // The first two lines of a table are its head.
    return cells.slice(2).map(([, what = '', ...rest]) => ({
      section,
      what,
      isStarred: rest[0] === '★',
      here: rest.at(-2) ?? '',
    }));
  });

const reasonOf = ({ here }: Row): string => here.replaceAll(namedSpec, '').replaceAll('<br>', ' ').trim();

describe('docs/parity.md', () => {
  it('has rows, many of them starred', () => {
    expect(rows.length).toBeGreaterThan(70);
    expect(rows.filter(({ isStarred }) => isStarred).length).toBeGreaterThan(35);
  });

  it('has each row once', () => {
    const names = rows.map(({ section, what }) => `${section}: ${what}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it.each(rows.map((row) => [row.section, row.what, row] as const))('has a spec or a reason: %s, %s', (_, __, row) => {
    const isNamed = namedSpecs(row.here).length > 0;
    const isExplained = row.isStarred ? reasonOf(row).includes('on purpose') : reasonOf(row) !== '';
    expect(isNamed || isExplained).toBe(true);
  });

  const named = rows.flatMap(({ here }) => namedSpecs(here));

  it.each(named.map(({ file, name }) => [file, name] as const))('names a spec that exists: %s, %s', (file, name) => {
    expect(exists({ file, name })).toBe(true);
  });

  it('has a spec for every defect of others', () => {
    const defects = rows.filter(({ section }) => section === 'Defects of others');
    expect(defects.length).toBeGreaterThan(15);
    expect(defects.filter(({ here }) => namedSpecs(here).length === 0)).toEqual([]);
  });
});
