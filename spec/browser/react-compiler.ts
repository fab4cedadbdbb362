import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

interface Babel {
  transformAsync(code: string, options: object): Promise<{ readonly code: string; readonly map: object } | null>;
}

// It has no types of its own.
const babel = createRequire(import.meta.url)('@babel/core') as Babel;

/** A component or hook, as the compiler left it. */
export interface Compiled {
  readonly kind: string;
  readonly fnName?: string | null;
}

/** Compiles the components of pages by the React Compiler, before Vite reads their types and tags. Notes in `compiled` what it did. */
export function reactCompiler(compiled: Compiled[] = []): Plugin {
  const logger = { logEvent: (_file: string, event: Compiled) => compiled.push(event) };
  return {
    name: 'react-compiler',
    enforce: 'pre',
    transform: {
      filter: { id: /\/(examples\/react-pod-table\/src|spec\/browser\/pages)\/.*\.tsx?$/ },
      handler: (code, id) =>
        babel.transformAsync(code, {
          filename: id,
          babelrc: false,
          configFile: false,
          sourceMaps: true,
          parserOpts: { plugins: ['typescript', 'jsx'] },
          plugins: [['babel-plugin-react-compiler', { panicThreshold: 'none', logger }]],
        }) as Promise<{ code: string }>,
    },
  };
}
