import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { conditions } from './vitest.config.ts';

/** Programs of other makers: one file after the other, each starts its servers. */
const config: ViteUserConfig = defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['spec/peers/**/*.spec.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 600_000,
  },
});

export default config;
