import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { format } from 'prettier';
import ts from 'typescript';
import { declaredModule, type DeclaredModule, type Place } from './declared-module.ts';

const root = join(import.meta.dirname, '../..');

/** Where the report stands. */
export const reportPath: string = join(root, 'docs/api.txt');

/** One way into the package: the name that one imports, and its module. */
export interface Entry {
  readonly name: string;
  readonly file: string;
}

/** The entries of package.json, in its order. */
export function entries(): readonly Entry[] {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly exports: Readonly<Record<string, string | { readonly 'kuberx-source': string }>>;
  };
  return Object.entries(exports).flatMap(([path, target]) =>
    typeof target === 'string' ? [] : [{ name: `kuberx${path.slice(1)}`, file: join(root, target['kuberx-source']) }],
  );
}

const printer = ts.createPrinter();
const byName = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** Names that a declaration mentions. */
function mentioned(node: ts.Node, found = new Set<string>()): ReadonlySet<string> {
  if (ts.isIdentifier(node)) found.add(node.text);
  ts.forEachChild(node, (child) => {
    mentioned(child, found);
  });
  return found;
}

/**
 * The public face of the package as one text: the exports of each entry with their declarations, and at the end the
 * declarations that these mention and no entry exports, because a change of them changes the face as well. Comments are
 * left out.
 */
export async function surface(): Promise<string> {
  const modules = new Map<string, DeclaredModule>();
  const moduleOf = (file: string): DeclaredModule => {
    const known = modules.get(file) ?? declaredModule(file);
    modules.set(file, known);
    return known;
  };
  const shown = new Map<string, Place>();
  const idOf = ({ file, name }: Place): string => `${file}#${name}`;
  const declarationOf = async ({ file, name }: Place, as: string): Promise<string> => {
    const { declarations, tree } = moduleOf(file);
    const statements = declarations.get(name);
    if (statements === undefined) throw new Error(`${relative(root, file)} declares no ${name}`);
    const text = statements
      .map((statement) => printer.printNode(ts.EmitHint.Unspecified, statement, tree))
      .map((printed) => printed.replace(/^(export )?(declare )?/, ''))
      .join('\n');
    const code = await format(text, { parser: 'typescript', printWidth: 120, singleQuote: true });
    return as === name ? code : `// ${name} as ${as}\n${code}`;
  };

  const sections: string[] = [];
  const counts: string[] = [];
  for (const { name: entry, file } of entries()) {
    const exported = [...moduleOf(file).exports].sort(([one], [other]) => byName(one, other));
    const values = exported.filter(([, { typeOnly }]) => !typeOnly).length;
    counts.push(`${entry}: ${exported.length} (${values} values, ${exported.length - values} types)`);
    const blocks: string[] = [];
    for (const [name, place] of exported) {
      const first = shown.get(idOf(place));
      shown.set(idOf(place), first ?? { file: entry, name });
      const isClass = moduleOf(place.file).declarations.get(place.name)?.some(ts.isClassDeclaration) === true;
      const note = place.typeOnly && isClass ? '// its type alone\n' : '';
      blocks.push(first === undefined ? note + (await declarationOf(place, name)) : `// ${name}: see ${first.file}\n`);
    }
    sections.push(`======== ${entry}\n\n${blocks.join('\n')}`);
  }

  const hidden = new Map<string, Place>();
  const reach = (place: Place): void => {
    const { declarations, imports } = moduleOf(place.file);
    for (const statement of declarations.get(place.name) ?? []) {
      for (const name of mentioned(statement)) {
        const target = imports.get(name) ?? (declarations.has(name) ? { file: place.file, name } : undefined);
        if (target === undefined || shown.has(idOf(target)) || hidden.has(idOf(target))) continue;
        if (!moduleOf(target.file).declarations.has(target.name)) continue;
        hidden.set(idOf(target), target);
        reach(target);
      }
    }
  };
  for (const { file } of entries()) for (const place of moduleOf(file).exports.values()) reach(place);
  const rest: string[] = [];
  for (const place of [...hidden.values()].sort(
    (one, other) => byName(one.name, other.name) || byName(one.file, other.file),
  ))
    rest.push(await declarationOf(place, place.name));
  counts.push(`mentioned by these, exported by none: ${hidden.size}`);
  sections.push(`======== mentioned, and exported by no entry\n\n${rest.join('\n')}`);
  return `What each entry exports. Written by \`npm run api\`.\n\n${counts.join('\n')}\n\n${sections.join('\n')}`;
}
