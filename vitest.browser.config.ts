import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { conditions } from './vitest.config.ts';

/** The specs in a real browser. */
const config: ViteUserConfig = defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['spec/browser/**/*.spec.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
  },
});

export default config;
