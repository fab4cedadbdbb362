import type * as VueCompiler from 'vue/compiler-sfc';
import { compile } from 'svelte/compiler';
import { build, type Plugin } from 'vite';
import { snippets } from '../snippets/snippet.ts';

/** The compiler for Node asks for a CommonJS module, of which the specs' condition `module` gives it the other form. */
const vueCompiler = '@vue/compiler-sfc/dist/compiler-sfc.esm-browser.js';

/** The block of docs/ui.md below a heading, as a module that a bundler reads. */
async function moduleOf(heading: string): Promise<{ readonly code: string; readonly moduleType: 'ts' | 'js' }> {
  const snippet = snippets.find(({ name }) => name === `docs/ui.md, ${heading}`);
  if (snippet === undefined) throw new Error(`docs/ui.md has no block below ${heading}`);
  const { component, code } = snippet;
  if (component === undefined) return { code, moduleType: 'ts' };
  if (heading.startsWith('Svelte'))
    return { code: compile(component, { generate: 'client' }).js.code, moduleType: 'js' };
  const { compileScript, parse } = (await import(vueCompiler)) as typeof VueCompiler;
  const { descriptor } = parse(component);
  return { code: compileScript(descriptor, { id: 'pods', inlineTemplate: true }).content, moduleType: 'ts' };
}

/** `docs:Vue` is the block below that heading; what it imports from `./rows.ts` is the global `rows`. */
const fromDocs: Plugin = {
  name: 'docs/ui.md',
  enforce: 'pre',
  resolveId: (id, importer) => {
    const isOfDocs = importer?.startsWith('\0docs:') === true;
    return id.startsWith('docs:') || id === 'entry' || (isOfDocs && id === './rows.ts') ? `\0${id}` : undefined;
  },
  load(id) {
    if (id === '\0./rows.ts') return 'export const { rows } = globalThis;';
    return id.startsWith('\0docs:') ? moduleOf(id.slice('\0docs:'.length)) : undefined;
  },
};

/** Bundles an entry for a browser, as one script. It may import `docs:` and the name of a heading. */
export async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    define: {
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
      ngDevMode: 'false',
    },
    plugins: [{ name: 'entry', enforce: 'pre', load: (id) => (id === '\0entry' ? entry : undefined) }, fromDocs],
    resolve: { conditions: ['kuberx-source', 'browser', 'module', 'import', 'default'] },
    build: { write: false, minify: false, rolldownOptions: { input: 'entry', output: { format: 'iife' } } },
  });
  const outputs = Array.isArray(result) ? result : [result];
  for (const each of outputs) {
    if (!('output' in each)) continue;
    for (const part of each.output) if (part.type === 'chunk') return part.code;
  }
  throw new Error('the bundle has no code');
}
