import { type ViteUserConfig } from 'vitest/config';
import { common } from './vitest.config.ts';

/** The long forms of specs that `npm test` has in short: one file after the other, for some go by the clock. */
const config: ViteUserConfig = {
  ...common,
  test: { ...common.test, include: ['spec/**/*.long.spec.ts'], fileParallelism: false },
};

export default config;
