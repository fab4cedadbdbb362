import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A block of TypeScript in a page for readers, or of a component that has some. */
export interface Snippet {
  /** Where it stands, by page and heading; a second one below a heading has a number: `README.md, The pieces`. */
  readonly name: string;
  readonly language: 'ts' | 'tsx';
  readonly code: string;
  /** The whole block, where it is a component in another language of which `code` is the script. */
  readonly component?: string;
}

export const root = join(import.meta.dirname, '../..');

/** The script of a component of Vue or Svelte. */
const scriptIn = (component: string): string => /<script[^>]*>\n([^]*?)<\/script>/.exec(component)?.[1] ?? '';

/** The blocks of one page, in order. */
function snippetsOf(page: string): Snippet[] {
  const text = readFileSync(join(root, page), 'utf8');
  const counts = new Map<string, number>();
  let heading = '';
  return [...text.matchAll(/^#+ (.*)$|^```(tsx?|vue|svelte)\n([^]*?)^```$/gm)].flatMap(
    ([, title, language, code = '']) => {
      if (language === undefined) {
        heading = title!;
        return [];
      }
      const count = (counts.get(heading) ?? 0) + 1;
      counts.set(heading, count);
      const name = `${page}, ${heading}${count > 1 ? ` ${count}` : ''}`;
      if (language === 'ts' || language === 'tsx') return { name, language, code };
      return { name, language: 'ts', code: scriptIn(code), component: code };
    },
  );
}

/** The blocks of the README and of every page in `docs/`. */
export const snippets: readonly Snippet[] = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].flatMap(snippetsOf);
