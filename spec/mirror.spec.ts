import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { coveredElsewhere } from './mirror-exceptions.ts';

const root = resolve(import.meta.dirname, '..');

/** How many files may be without a spec of their own. It is only ever lowered. */
const most = 201;

const filesIn = (folder: string): string[] =>
  (readdirSync(join(root, folder), { recursive: true }) as string[]).filter((name) => /\.tsx?$/.test(name)).sort();

/** `store/store.spec.ts` and `store/store.property.spec.ts` are specs of `store/store.ts`. */
const subjects = new Set(filesIn('spec').map((name) => name.replace(/(\.[a-z-]+)*\.spec\.tsx?$/, '')));
const hasSpec = (file: string): boolean => subjects.has(file.replace(/\.tsx?$/, ''));

/** Whether there is anything to run in a file: types alone have no spec. */
function runs(file: string): boolean {
  const { outputText } = ts.transpileModule(readFileSync(join(root, 'src', file), 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ESNext, verbatimModuleSyntax: true },
  });
  const tree = ts.createSourceFile(file, outputText, ts.ScriptTarget.Latest);
  return tree.statements.some((statement) => !ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement));
}

/** The files that a module imports, directly or by others, where they are of this repository. */
function reachOf(file: string, seen: Set<string> = new Set()): ReadonlySet<string> {
  if (seen.has(file) || !existsSync(file)) return seen;
  seen.add(file);
  for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles) {
    const target = targetOf(fileName, file);
    if (target !== undefined) reachOf(target, seen);
  }
  return seen;
}

const entries = Object.entries<string | { 'kuberx-source': string }>(packageJson.exports);

function targetOf(specifier: string, importer: string): string | undefined {
  if (specifier.startsWith('.')) return resolve(dirname(importer), specifier);
  if (specifier.startsWith('#src/')) return join(root, specifier.slice(1));
  const entry = entries.find(([name]) => join('kuberx', name) === specifier)?.[1];
  return typeof entry === 'object' ? join(root, entry['kuberx-source']) : undefined;
}

const listed = Object.entries(coveredElsewhere).flatMap(([spec, files]) => files.map((file) => ({ spec, file })));
const sources = filesIn('src').filter((file) => !/(^|\/)index\.ts$/.test(file));
const bare = sources.filter((file) => !hasSpec(file) && runs(file));

describe('spec/', () => {
  it('sees the sources and the specs', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(subjects.size).toBeGreaterThan(100);
  });

  it('mirrors src/: each file has a spec of its path and name, or one in the list of exceptions', () => {
    const files = new Set(listed.map(({ file }) => file));
    expect(bare.filter((file) => !files.has(file))).toEqual([]);
  });

  it('lists each exception once, and none that has a spec, is gone, or holds types alone', () => {
    const files = listed.map(({ file }) => file);
    expect(files.filter((file, index) => !bare.includes(file) || files.indexOf(file) !== index)).toEqual([]);
  });

  it('has no more exceptions than it had', () => {
    expect(listed.length).toBeLessThanOrEqual(most);
  });

  it.each(Object.entries(coveredElsewhere))('reaches by %s what that stands for', (spec, files) => {
    const reached = new Set(Array.from(reachOf(join(root, 'spec', spec)), (file) => relative(root, file)));
    expect(reached).toContain(join('spec', spec));
    expect(files.filter((file) => !reached.has(join('src', file)))).toEqual([]);
  });
});
