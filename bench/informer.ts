/**
 * `npm run bench:informer`: the cost of one more subscriber of an informer for each event, and of its coming and going,
 * beside those of a plain RxJS Subject in the same run. Times are CPU times; look at the ratios. `--json` prints one
 * JSON line for each table.
 */
import { mounts } from './informer/mounts.ts';
import { consumers, subscribers } from './informer/subscribers.ts';
import { print } from './store/section.ts';

print(subscribers([1, 10, 100, 1000]));
print(consumers([1, 10, 100, 1000]));
print(mounts([0, 100, 10_000]));
