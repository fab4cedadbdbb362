// `npm run test:browser`: the specs in a real browser. The last line counts them; without a browser it is a failure.
import { existsSync } from 'node:fs';
import { chromium } from './testing/chromium.ts';
import { conclude, specs } from './testing/outcome.ts';

if (existsSync(chromium)) {
  conclude([await specs('test:browser:spec')]);
} else {
  console.error(
    `There is no ${chromium}. On Debian and Ubuntu: apt-get install chromium. One that is elsewhere: CHROMIUM=PATH npm run test:browser`,
  );
  conclude([{ passed: 0, failed: 1 }]);
}
