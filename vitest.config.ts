import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** How a bare import of this package is resolved: to its sources. */
export const conditions: string[] = ['kuberx-source', 'node', 'import', 'module', 'default'];

const config: ViteUserConfig = defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['{spec,examples}/**/*.spec.ts'],
    exclude: ['spec/{cluster,browser}/**', '**/*.long.spec.ts'],
    // For programs that specs start: what one has compiled, the next one does not compile again.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/node') },
    // Its own default leaves one core out, which of two is half.
    maxWorkers: availableParallelism(),
    // Nets, for what would wait for ever: a busy machine stands still for seconds.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
  },
});

export default config;
