import { type ViteUserConfig } from 'vitest/config';
import { common } from './vitest.config.ts';

/** The long forms of specs that `npm test` has in short. */
const config: ViteUserConfig = {
  ...common,
  test: { ...common.test, include: ['spec/**/*.long.spec.ts'] },
};

export default config;
