/**
 * `npm run bench:informer`: what one more subscriber of an informer costs for each event, and what it costs to come and
 * go, next to one of a plain RxJS Subject in the same run. Times are those of the
 * processor; ratios are what to look at. `--json` prints one JSON line for each table.
 */
import { mounts } from './informer/mounts.ts';
import { consumers, subscribers } from './informer/subscribers.ts';
import { print } from './store/section.ts';

print(subscribers([1, 10, 100, 1000]));
print(consumers([1, 10, 100, 1000]));
print(mounts([0, 100, 10_000]));
