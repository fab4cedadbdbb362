import { createRequire } from 'node:module';
import type { Plugin } from 'vitest/config';

interface Babel {
  transformAsync(code: string, options: object): Promise<{ readonly code: string; readonly map: object } | null>;
}

// It has no types.
const babel = createRequire(import.meta.url)('@babel/core') as Babel;

/** Compiles the components of specs as an application does that uses the React Compiler. What it cannot compile is an error. */
export function reactCompiler(): Plugin {
  return {
    name: 'react-compiler',
    enforce: 'pre',
    async transform(code, id) {
      if (!/spec\/react\/.*\.spec\.tsx$/.test(id)) return null;
      const compiled = await babel.transformAsync(code, {
        filename: id,
        babelrc: false,
        configFile: false,
        sourceMaps: true,
        parserOpts: { plugins: ['typescript', 'jsx'] },
        plugins: [['babel-plugin-react-compiler', { target: '19', panicThreshold: 'all_errors' }]],
      });
      if (!compiled?.code.includes('react/compiler-runtime'))
        throw new Error(`${id} has no component that is compiled`);
      return { code: compiled.code, map: compiled.map as never };
    },
  };
}
