import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { entries } from '../scripts/api/surface.ts';

const root = resolve(import.meta.dirname, '..');
const source = join(root, 'src');

/** Whom everybody may import, except each other but for what `layers` says. */
const ground = ['protocol', 'streams', 'sharing'];

/** What each layer may import, besides itself. */
const layers: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  streams: [],
  sharing: ['protocol'],
  transport: ground,
  reflector: ground,
  store: ground,
  queue: ground,
  workqueue: ['streams'],
  informer: [...ground, 'reflector', 'store'],
  controller: [...ground, 'store', 'informer', 'workqueue'],
  views: [...ground, 'store'],
  serving: [...ground, 'store'],
  http: [...ground, 'transport', 'informer'],
  rest: [...ground, 'transport', 'informer'],
  kubeconfig: [...ground, 'transport', 'rest'],
  'client-node': [...ground, 'transport', 'informer', 'rest', 'kubeconfig'],
  react: [...ground, 'views'],
  testing: ground,
  'testing/apiserver': [...ground, 'serving'],
};

/** What comes from outside, and who may import it at run time. */
const external: Readonly<Record<string, readonly string[]>> = {
  rxjs: Object.keys(layers).filter((layer) => layer !== 'protocol'),
  immer: ['informer', 'controller'],
  '@kubernetes/client-node': ['client-node'],
  yaml: ['kubeconfig', 'testing/apiserver'],
  'openid-client': ['kubeconfig'],
  react: ['react'],
  socks: ['rest'],
  ajv: ['testing/apiserver'],
  '@marcbachmann/cel-js': ['testing/apiserver'],
  re2js: ['testing/apiserver'],
  ws: ['testing/apiserver'],
  node: ['rest', 'kubeconfig', 'client-node', 'testing/apiserver'],
};

/** What the files in `src` itself, which are the entries of the core, are without: what needs Node, and the leaves. */
const apart = ['serving', 'http', 'rest', 'kubeconfig', 'client-node', 'react', 'testing', 'testing/apiserver'];

interface Import {
  readonly file: string;
  readonly layer: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

const modulesIn = (folder: string): string[] =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
const files = modulesIn(source);

function layerOf(file: string): string {
  const parts = dirname(relative(source, file)).split('/');
  const nested = parts.slice(0, 2).join('/');
  return nested in layers ? nested : parts[0] === '.' ? 'root' : parts[0]!;
}

function importsOf(file: string): Import[] {
  const layer = layerOf(file);
  const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      const typeOnly = ts.isImportDeclaration(node)
        ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
        : node.isTypeOnly;
      found.push({ file, layer, specifier: (node.moduleSpecifier as ts.StringLiteral).text, typeOnly });
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      found.push({ file, layer, specifier: (node.arguments[0] as ts.StringLiteral).text, typeOnly: false });
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

const imports = files.flatMap(importsOf);
const inWords = ({ file, specifier }: Import): string => `${relative(root, file)} imports ${specifier}`;

describe('architecture', () => {
  it('sees the modules and their imports', () => {
    expect(files.length).toBeGreaterThan(40);
    expect(imports.length).toBeGreaterThan(100);
    expect(new Set(files.map(layerOf))).toEqual(new Set([...Object.keys(layers), 'root']));
  });

  it('has one-way layers, for values and for types', () => {
    const wrong = imports.filter(({ file, layer, specifier }) => {
      if (!specifier.startsWith('.')) return false;
      const target = layerOf(resolve(dirname(file), specifier));
      if (layer === 'root') return apart.includes(target);
      const allowed = layers[layer]!;
      return target !== layer && !allowed.includes(target);
    });
    expect(wrong.map(inWords)).toEqual([]);
  });

  it('imports a file inside of src, never an index', () => {
    const wrong = imports.filter(({ specifier }) => /\/index\.ts$/.test(specifier));
    expect(wrong.map(inWords)).toEqual([]);
  });

  it('imports what comes from outside only where it belongs', () => {
    const wrong = imports.filter(({ layer, specifier, typeOnly }) => {
      if (specifier.startsWith('.')) return false;
      const name = specifier.startsWith('node:') ? 'node' : specifier.replace(/^(@[^/]+\/[^/]+|[^@/][^/]*).*$/, '$1');
      const allowed = external[name];
      // The ports of the protocol name the Observable type, and nothing else of rxjs.
      if (layer === 'protocol' && specifier === 'rxjs') return !typeOnly;
      if (layer === 'testing' && specifier === 'rxjs/testing') return !typeOnly;
      return !allowed?.includes(layer) || (name === 'rxjs' && specifier !== 'rxjs');
    });
    expect(wrong.map(inWords)).toEqual([]);
  });

  it('reaches client-node from no entry but its own', () => {
    const reach = (file: string, seen = new Set<string>()): ReadonlySet<string> => {
      if (seen.has(file)) return seen;
      seen.add(file);
      for (const { specifier } of imports.filter((each) => each.file === file))
        reach(specifier.startsWith('.') ? resolve(dirname(file), specifier) : specifier, seen);
      return seen;
    };
    const reaching = entries().filter(({ file }) => reach(file).has('@kubernetes/client-node'));
    expect(reaching.map(({ name }) => name)).toEqual(['kuberx/client-node']);
  });

  it('writes the command line on the public entries alone', () => {
    const program = join(root, 'cli');
    const found = modulesIn(program).flatMap(importsOf);
    const wrong = found.filter(({ file, specifier }) =>
      specifier.startsWith('.')
        ? relative(program, resolve(dirname(file), specifier)).startsWith('..') &&
          !specifier.endsWith('../package.json')
        : specifier.startsWith('#'),
    );
    expect(wrong.map(inWords)).toEqual([]);
    expect(found.map(({ specifier }) => specifier)).toContain('kuberx');
  });

  it.each(['streams', 'workqueue'])('keeps Kubernetes words out of %s', (layer) => {
    const words =
      /kube|informer|reflector|pod(?!e)|namespace|resource|apiserver|relist|lister|configmap|snapshot|cacheevent/i;
    const found = files
      .filter((file) => layerOf(file) === layer)
      .flatMap((file) =>
        readFileSync(file, 'utf8')
          .split('\n')
          .map((line) => ({ file, line })),
      )
      .filter(({ line }) => words.test(line.replaceAll('@kubernetes', '')));
    expect(found.map(({ file, line }) => `${relative(root, file)}: ${line.trim()}`)).toEqual([]);
  });

  it('has a spec for every layer', () => {
    const specs = readdirSync(join(root, 'spec'), { recursive: true }) as string[];
    const bare = Object.keys(layers).filter(
      (layer) => !specs.some((name) => name.startsWith(`${layer}/`) && name.endsWith('.spec.ts')),
    );
    expect(bare).toEqual([]);
  });
});
