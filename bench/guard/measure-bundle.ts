import { gzipSync } from 'node:zlib';
import { build } from 'vite';

/** Bytes of a bundle. */
export interface BundleSize {
  readonly minified: number;
  readonly gzipped: number;
}

/** What a page imports, by a name. React itself is not counted: a page has it already. */
const pages = {
  'informer and view': `
    export { published, sharedInformer, view } from 'kuberx';
    export { fetchHttpClient, listWatch } from 'kuberx/http';`,
  'view and kuberx/react': `
    export { view } from 'kuberx';
    export { fetchHttpClient, informerFactory } from 'kuberx/http';
    export * from 'kuberx/react';`,
  'view, recipe and kuberx/react': `
    export { recipe, view } from 'kuberx';
    export { fetchHttpClient, informerFactory } from 'kuberx/http';
    export * from 'kuberx/react';`,
} as const;

export type PageName = keyof typeof pages;

export const pageNames: readonly PageName[] = Object.keys(pages) as PageName[];

/** Bundles what a page imports, as Vite does for production: minified, with RxJS, with immer where it is needed (`recipe`), without React. */
export async function measureBundle(page: PageName): Promise<BundleSize> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    plugins: [
      {
        name: 'page',
        enforce: 'pre',
        resolveId: (id) => (id === 'page' ? '\0page' : undefined),
        load: (id) => (id === '\0page' ? pages[page] : undefined),
      },
    ],
    resolve: { conditions: ['kuberx-source', 'browser', 'module', 'import', 'default'] },
    build: {
      write: false,
      minify: true,
      target: 'es2024',
      rolldownOptions: {
        input: 'page',
        external: /^react/,
        preserveEntrySignatures: 'strict',
        output: { format: 'es' },
      },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((each) => ('output' in each ? each.output : []));
  const code = outputs.flatMap((part) => (part.type === 'chunk' ? [part.code] : [])).join('');
  return { minified: Buffer.byteLength(code), gzipped: gzipSync(code, { level: 9 }).length };
}
