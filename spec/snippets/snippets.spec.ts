import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { apiServer } from 'kuberx/testing/apiserver';
import { ExampleProcess } from '../examples/example-process.ts';
import { docExamples } from './doc-examples.ts';
import { root, type Snippet, snippets } from './snippet.ts';
import { surroundings } from './surroundings.ts';

/** As one module: the snippet between what it leaves to its reader. */
function moduleOf({ name, code }: Snippet): string {
  const { before = '', then = '' } = surroundings[name] ?? {};
  return `${before}\n${code}\n${then}\nexport {};\n`;
}

function typedModuleOf(snippet: Snippet): string {
  const { types } = surroundings[snippet.name] ?? {};
  return types === undefined
    ? moduleOf(snippet)
    : `import { expectTypeOf } from 'vitest';\n${moduleOf(snippet)}\n${types}`;
}

const compiled = [...snippets, ...docExamples];

/** What the compiler says of each snippet, by name, with the settings of this repository. */
function faults(): ReadonlyMap<string, string[]> {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(
    { ...(config.config as object), include: [], files: ['-'] },
    ts.sys,
    root,
  );
  // In the root, where the package is found by its own name.
  const files = new Map(
    compiled.map((snippet, index) => {
      const { file = `snippet-${index}.${snippet.language}` } = surroundings[snippet.name] ?? {};
      return [join(root, file), typedModuleOf(snippet)];
    }),
  );
  const host = ts.createCompilerHost(options);
  const real = { ...host };
  host.fileExists = (path) => files.has(path) || real.fileExists(path);
  host.readFile = (path) => files.get(path) ?? real.readFile(path);
  host.getSourceFile = (path, target, ...rest) => {
    const text = files.get(path);
    return text === undefined ? real.getSourceFile(path, target, ...rest) : ts.createSourceFile(path, text, target);
  };
  const lib = ['lib.es2024.d.ts', 'lib.dom.d.ts'];
  const program = ts.createProgram([...files.keys()], { ...options, lib }, host);
  return new Map(
    compiled.map(({ name }, index) => {
      const source = program.getSourceFile([...files.keys()][index]!);
      const diagnostics = ts.getPreEmitDiagnostics(program, source);
      return [name, diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))];
    }),
  );
}

describe('the snippets of the README, of docs/ and of doc comments', () => {
  const found = faults();

  it.each(compiled.map(({ name }) => name))('compile, with the types that are asserted of it: %s', (name) => {
    expect(found.get(name)).toEqual([]);
  });

  const runnable = snippets.flatMap((snippet) => {
    const { prints } = surroundings[snippet.name] ?? {};
    return prints === undefined ? [] : [{ ...snippet, prints }];
  });

  it.each(runnable)('do what they say, against the embedded server: $name', async ({ prints, ...snippet }) => {
    await using server = await apiServer();
    server.create('v1/pods', {
      metadata: { namespace: 'default', name: 'web-0' },
      spec: { nodeName: 'worker-1' },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
    });
    await using run = new ExampleProcess({ code: moduleOf(snippet) }, server.writeKubeconfig());
    for (const text of prints) await run.printed(text);
  });

  it('are what the surroundings are of, one for each name', () => {
    const names = compiled.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(surroundings)));
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(8);
  });
});
