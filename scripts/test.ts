// `npm test`: format, lint, types and specs, one after the other, each whatever the others did. Ends with the true count.
import { check, conclude, specs } from './testing/outcome.ts';

conclude([check('test:format'), check('test:lint'), check('test:types'), specs('test:spec')]);
