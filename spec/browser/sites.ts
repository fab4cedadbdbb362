import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, createServer, preview, type ProxyOptions } from 'vite';
import { expect } from 'vitest';
import { servePage } from '../../examples/react-pod-table/page.ts';
import config from '../../examples/react-pod-table/vite.config.ts';
import { type Compiled, reactCompiler } from './react-compiler.ts';

/** A page that is served before an API server. */
export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the example before an API server. */
export type Serve = (apiServer: string) => Promise<Site>;

const configFile = fileURLToPath(new URL('../../examples/react-pod-table/vite.config.ts', import.meta.url));

/** As `npm run example:react` does: React's build for development, in StrictMode, which mounts everything twice. */
export const forDevelopment: Serve = async (apiServer) => {
  const vite = await servePage(apiServer, 'silent');
  return { url: vite.resolvedUrls!.local[0]!, close: () => vite.close() };
};

/** As it would be deployed: built, with or without the React Compiler. */
export function built({ withCompiler }: { readonly withCompiler: boolean }): Serve {
  let outDir: string | undefined;
  return async (apiServer) => {
    outDir ??= await buildOnce(withCompiler);
    const proxy = { '/api': { ...(config.server?.proxy?.['/api'] as ProxyOptions), target: apiServer } };
    const site = await preview({ configFile, logLevel: 'silent', build: { outDir }, preview: { port: 0, proxy } });
    return { url: site.resolvedUrls!.local[0]!, close: () => site.close() };
  };
}

async function buildOnce(withCompiler: boolean): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'kuberx-page-'));
  process.once('exit', () => rmSync(outDir, { recursive: true }));
  const compiled: Compiled[] = [];
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production'; // Vitest says `test`, by which React is its build for development
  await build({
    configFile,
    logLevel: 'silent',
    plugins: withCompiler ? [reactCompiler(compiled)] : [],
    build: { outDir, emptyOutDir: true },
  });
  process.env['NODE_ENV'] = before;
  if (withCompiler) {
    const names = compiled.filter(({ kind }) => kind === 'CompileSuccess').map(({ fnName }) => fnName);
    expect(names).toEqual(expect.arrayContaining(['App', 'PodBrowser', 'PodRow']));
  }
  return outDir;
}

/** The pages of `spec/browser/pages`, by Vite and the settings of the example, in React's build for development. */
export function pagesForDevelopment({ withCompiler }: { readonly withCompiler: boolean }): Serve {
  return async (apiServer) => {
    const vite = await createServer({
      configFile,
      root: fileURLToPath(new URL('pages', import.meta.url)),
      logLevel: 'silent',
      plugins: withCompiler ? [reactCompiler()] : [],
      server: { port: 0, proxy: { '/api': { target: apiServer } }, fs: { allow: ['../../..'] } },
    });
    await vite.listen();
    return { url: vite.resolvedUrls!.local[0]!, close: () => vite.close() };
  };
}
