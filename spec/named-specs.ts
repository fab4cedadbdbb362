import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** A spec as pages name it: `spec/a/b.spec.ts`: "its name". */
export interface NamedSpec {
  readonly file: string;
  readonly name: string;
}

/** The text of a page of this repository. */
export const readPage = (page: string): string => readFileSync(join(root, page), 'utf8');

/** A name of a spec in a page. */
export const namedSpec: RegExp = /`(spec\/[^`]+)`: "([^"]+)"/g;

/** Every spec that a text names. */
export const namedSpecs = (text: string): NamedSpec[] =>
  Array.from(text.matchAll(namedSpec), ([, file, name]) => ({ file: file!, name: name! }));

/** Whether the file is there and has a spec of that name. */
export function exists({ file, name }: NamedSpec): boolean {
  if (!existsSync(join(root, file))) return false;
  const source = readPage(file);
  return [`'${name}'`, `"${name}"`, `\`${name}\``].some((quoted) => source.includes(quoted));
}
