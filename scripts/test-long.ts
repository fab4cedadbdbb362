// `npm run test:long`: the long forms of specs that `npm test` has in short. The last line counts them.
import { conclude, specs } from './testing/outcome.ts';

conclude([await specs('test:long:spec')]);
