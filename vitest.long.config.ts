import { type ViteUserConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** The long forms of specs that `npm test` has in short. */
const config: ViteUserConfig = {
  ...base,
  test: { ...base.test, include: ['spec/**/*.long.spec.ts'], exclude: [] },
};

export default config;
