import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { reactCompiler } from './spec/react/react-compiler.ts';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** How a bare import of this package is resolved: to its sources. */
export const conditions: string[] = ['kuberx-source', 'node', 'import', 'module', 'default'];

/** What takes longest, most of it waiting: one of these as the last file would leave the other cores nothing to do. */
const longest = /spec\/(conformance|cli\/main|informer\/memory|reflector\/marble-spec|scripts\/soak|snippets)/;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => longest.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** What all specs have in common. */
export const common: ViteUserConfig = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // For programs that specs start: what one has compiled, the next one does not compile again.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/node') },
    // Its own default leaves one core out, which of two is half.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongestFirst },
    // Nets, for what would wait for ever: a busy machine stands still for seconds.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
  },
};

const config: ViteUserConfig = defineConfig({
  ...common,
  test: {
    ...common.test,
    projects: [
      {
        extends: true,
        test: {
          name: 'specs',
          include: ['{spec,examples}/**/*.spec.{ts,tsx}'],
          exclude: ['spec/{cluster,browser,growth,peers}/**', '**/*.long.spec.ts'],
        },
      },
      {
        extends: true,
        // The specs of the hooks once more, with components that the React Compiler has compiled.
        plugins: [reactCompiler()],
        test: {
          name: 'compiled',
          include: ['spec/react/{use-kube,use-kube-suspense,use-source,dehydration}.spec.tsx'],
        },
      },
      {
        extends: true,
        // They compare times: one after the other, when the rest is over.
        test: { name: 'growth', include: ['spec/growth/**/*.spec.ts'], maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});

export default config;
