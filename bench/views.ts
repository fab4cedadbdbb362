/**
 * `npm run bench:views`: what one change to a sorted and filtered list costs, a view beside what others do, and what another
 * sort costs beside the least that it takes, all in one run. Times are CPU times; look at the ratios. `--json` prints one JSON
 * line for each table.
 */
import { print } from './store/section.ts';
import { oneChange } from './views/one-change.ts';
import { sortChange } from './views/sort-change.ts';
import { steady } from './views/steady.ts';

print(await oneChange([1000, 10_000, 50_000, 500_000]));
print(await sortChange(50_000));
print(await steady(10_000, 500));
