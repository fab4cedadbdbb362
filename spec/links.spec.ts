import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const { files } = JSON.parse(read('package.json')) as { files: readonly string[] };
const pages = ['README.md', 'examples/README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)];

/** The links of a page to other places of the repository, without what stands after `#`. */
const linksOf = (page: string): string[] =>
  Array.from(read(page).matchAll(/\]\(([^)#\s]+)[^)]*\)/gu), ([, link]) => link!)
    .filter((link) => !/^[a-z]+:/u.test(link))
    .map((link) => normalize(join(dirname(page), link)));

/** npm packs the README and the license by itself. */
const isPacked = (path: string): boolean =>
  path === 'LICENSE' ||
  files.includes(path) ||
  files.some((folder) => path === folder || path.startsWith(`${folder}/`));

describe('the links of the pages', () => {
  it.each(pages.filter((page) => page.endsWith('.md')))('lead to what is there, and is in the package: %s', (page) => {
    const links = linksOf(page);
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
    expect(links.filter((link) => !isPacked(link))).toEqual([]);
  });

  it('are found', () => {
    expect(linksOf('README.md').length).toBeGreaterThan(8);
  });
});
