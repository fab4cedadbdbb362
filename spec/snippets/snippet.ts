import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A block of TypeScript in a page for readers. */
export interface Snippet {
  /** Where it stands, by page and heading; a second one below a heading has a number: `README.md, The pieces`. */
  readonly name: string;
  readonly language: 'ts' | 'tsx';
  readonly code: string;
}

export const root = join(import.meta.dirname, '../..');

/** The blocks of one page, in order. */
function snippetsOf(page: string): Snippet[] {
  const text = readFileSync(join(root, page), 'utf8');
  const counts = new Map<string, number>();
  let heading = '';
  return [...text.matchAll(/^#+ (.*)$|^```(tsx?)\n([^]*?)^```$/gm)].flatMap(([, title, language, code = '']) => {
    if (language === undefined) {
      heading = title!;
      return [];
    }
    const count = (counts.get(heading) ?? 0) + 1;
    counts.set(heading, count);
    return { name: `${page}, ${heading}${count > 1 ? ` ${count}` : ''}`, language: language as 'ts' | 'tsx', code };
  });
}

/** The blocks of the README and of every page in `docs/`. */
export const snippets: readonly Snippet[] = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].flatMap(snippetsOf);
