// `npm test`: format, lint, types and specs, each whatever the others did. The specs come last and alone, for some of them go
// by the clock. Ends with the true count. `npm run test:long` has the long forms of what is short here.
import { check, conclude, specs } from './testing/outcome.ts';

/** Two at a time, the longest beside the others. */
const checks = await Promise.all([
  check('test:lint'),
  check('test:types').then(async (types) => [types, await check('test:format')]),
]);

conclude([...checks.flat(), await specs('test:spec')]);
