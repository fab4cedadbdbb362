// `npm test`: format, lint, types and specs, each whatever the others did. Ends with the true count. `npm run test:long` has
// the long forms of what is short here.
import { check, conclude, specs } from './testing/outcome.ts';

/** The linter, which takes longest of the checks, has one core for itself, and the specs the others, and then all. */
const [lint, others] = await Promise.all([
  check('test:lint'),
  check('test:types').then(async (types) => [types, await check('test:format'), await specs('test:spec')]),
]);

conclude([lint, ...others]);
