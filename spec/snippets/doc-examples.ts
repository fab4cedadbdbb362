import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import * as rxjs from 'rxjs';
import ts from 'typescript';
import { root, type Snippet } from './snippet.ts';

/** A function that an entry of the package exports. */
export interface PublicFunction {
  /** The room and the name: `informer/sharedInformer`. */
  readonly name: string;
  readonly hasExample: boolean;
}

const wordsOfExamples = './spec/snippets/words.ts';

const trees = new Map<string, ts.SourceFile>();

function treeOf(file: string): ts.SourceFile {
  let tree = trees.get(file);
  if (tree === undefined) {
    tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    trees.set(file, tree);
  }
  return tree;
}

interface Entry {
  /** `kuberx`, `kuberx/testing`. */
  readonly specifier: string;
  readonly exports: ReadonlyMap<string, Export>;
}

interface Export {
  /** The file that declares it. */
  readonly file: string;
  readonly isType: boolean;
}

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, { readonly 'kuberx-source'?: string } | string>>;
}

function entriesOfPackage(): Entry[] {
  const { name, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  return Object.entries(exports).flatMap(([path, target]) => {
    const source = typeof target === 'string' ? undefined : target['kuberx-source'];
    return source === undefined ? [] : [{ specifier: join(name, path), exports: exportsOf(join(root, source)) }];
  });
}

function exportsOf(file: string): Map<string, Export> {
  const found = new Map<string, Export>();
  for (const statement of treeOf(file).statements) {
    if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier === undefined) continue;
    const from = join(dirname(file), (statement.moduleSpecifier as ts.StringLiteral).text);
    const clause = statement.exportClause;
    if (clause === undefined) {
      for (const declared of treeOf(from).statements) {
        const name = nameOf(declared);
        if (name !== undefined) found.set(name, { file: from, isType: statement.isTypeOnly });
      }
      continue;
    }
    if (!ts.isNamedExports(clause)) throw new Error(`${file}: an export as a namespace`);
    for (const { name, isTypeOnly } of clause.elements)
      found.set(name.text, { file: from, isType: isTypeOnly || statement.isTypeOnly });
  }
  return found;
}

const entries = entriesOfPackage();

function isFunction(node: ts.Node): node is ts.FunctionDeclaration | ts.VariableStatement {
  if (ts.isFunctionDeclaration(node)) return true;
  const initializer = ts.isVariableStatement(node) ? node.declarationList.declarations[0]?.initializer : undefined;
  return initializer !== undefined && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer));
}

function nameOf(node: ts.Node): string | undefined {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations[0]?.name.getText();
  const name = (node as ts.Node & { readonly name?: ts.Node }).name;
  return name === undefined ? undefined : name.getText();
}

function roomOf(file: string): string {
  return dirname(relative(join(root, 'src'), file)).split(sep)[0]!;
}

function examplesOf(node: ts.Node): string[] {
  const comments = ts.getJSDocCommentsAndTags(node).filter(({ parent }) => parent === node);
  return comments.flatMap((comment) => {
    const text = comment.getText().replace(/^ *\* ?/gm, '');
    return [...text.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code]) => code!);
  });
}

/** The functions that the entries export, each once, in the order of their names. */
export const publicFunctions: readonly PublicFunction[] = [
  ...new Map(
    entries.flatMap(({ exports }) =>
      [...exports].flatMap(([name, { file }]) => {
        const declarations = treeOf(file).statements.filter((node) => isFunction(node) && nameOf(node) === name);
        if (declarations.length === 0) return [];
        const id = `${roomOf(file)}/${name}`;
        return [[id, { name: id, hasExample: declarations.some((each) => examplesOf(each).length > 0) }] as const];
      }),
    ),
  ).values(),
].sort((a, b) => (a.name < b.name ? -1 : 1));

/** Names that a text refers to and does not declare. */
function freeNames(code: string): string[] {
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      const isDeclared = (parent as ts.Node & { readonly name?: ts.Node }).name === node;
      if (isDeclared && !ts.isPropertyAccessExpression(parent) && !ts.isShorthandPropertyAssignment(parent)) {
        if (!ts.isPropertyAssignment(parent)) declared.add(node.text);
      } else if (!isDeclared || ts.isShorthandPropertyAssignment(parent)) used.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true));
  return [...used].filter((name) => !declared.has(name));
}

const words = new Set(treeOf(join(root, wordsOfExamples)).statements.flatMap((statement) => nameOf(statement) ?? []));

/** Imports a name that an example does not declare: from the entry of what it explains, if that has it. */
function importOf(name: string, file: string): string[] {
  const having = entries.filter(({ exports }) => exports.has(name));
  const own = having.find(({ exports }) => [...exports.values()].some((each) => each.file === file));
  if (own === undefined && words.has(name)) return [`import { ${name} } from '${wordsOfExamples}';`];
  const entry = own ?? having[0];
  if (entry !== undefined)
    return [`import ${entry.exports.get(name)!.isType ? 'type ' : ''}{ ${name} } from '${entry.specifier}';`];
  if (name in rxjs) return [`import { ${name} } from 'rxjs';`];
  return /^V\d+(?:alpha\d+|beta\d+)?[A-Z]|^KubeConfig$|V\d+Api$/.test(name)
    ? [`import { ${name} } from '@kubernetes/client-node';`]
    : [];
}

function withImports(code: string, file: string): string {
  const imports = freeNames(code).flatMap((name) => importOf(name, file));
  return `${imports.join('\n')}\n${code}`;
}

function examplesIn(file: string): Snippet[] {
  const found: Snippet[] = [];
  const counts = new Map<string, number>();
  const visit = (node: ts.Node, path: readonly string[]): void => {
    const own = nameOf(node);
    const names = own === undefined ? path : [...path, own];
    const of = `${relative(root, file)}, ${names.join('.')}`;
    for (const code of examplesOf(node)) {
      const count = (counts.get(of) ?? 0) + 1;
      counts.set(of, count);
      found.push({
        name: count > 1 ? `${of} ${count}` : of,
        language: 'ts',
        code: withImports(code, file),
      });
    }
    ts.forEachChild(node, (child) => visit(child, names));
  };
  visit(treeOf(file), []);
  return found;
}

/**
 * The examples of all doc comments. An example need not import what the entries, RxJS and `words.ts` export, nor the
 * models of client-node: that is added here.
 */
export const docExamples: readonly Snippet[] = (readdirSync(join(root, 'src'), { recursive: true }) as string[])
  .filter((name) => name.endsWith('.ts'))
  .sort()
  .flatMap((name) => examplesIn(join(root, 'src', name)));
