import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { conditions } from './vitest.config.ts';

/** The specs on a real control plane: one after the other, each file starts its own. */
const config: ViteUserConfig = defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['spec/cluster/**/*.spec.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 600_000,
  },
});

export default config;
