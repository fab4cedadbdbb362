import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { conditions } from './vitest.config.ts';

/** The specs in a real browser. */
const config: ViteUserConfig = defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'browser', include: ['spec/browser/**/*.spec.ts'], exclude: ['**/*.load.spec.ts'] },
      },
      {
        extends: true,
        // They measure: one after the other, when the rest is over.
        test: { name: 'load', include: ['spec/browser/**/*.load.spec.ts'], maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
  },
});

export default config;
