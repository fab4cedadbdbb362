import { defineConfig } from 'vitest/config';

const conditions = ['kuberx-source', 'node', 'import', 'module', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['spec/**/*.spec.ts'],
    exclude: ['spec/cluster/**'],
    testTimeout: 30_000,
  },
});
