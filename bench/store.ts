/**
 * `npm run bench:store`: the cost of the store's parts beside their peers, all in one run. Look at the ratios: times
 * depend on the machine and its load. `--json` prints one JSON line for each table.
 */
import { indexUpdates } from './store/index-updates.ts';
import { internedMemory, interning } from './store/interning.ts';
import { listers } from './store/listers.ts';
import { memory } from './store/memory.ts';
import { numbers } from './store/numbers.ts';
import { queues } from './store/queues.ts';
import { gets, lists } from './store/reads.ts';
import { print } from './store/section.ts';
import { transactions } from './store/transactions.ts';
import { transforms } from './store/transforms.ts';
import { churn, writes } from './store/writes.ts';

const sizes = [1000, 10_000, 100_000, 1_000_000];

print(interning());
print(internedMemory());
print(transforms());
print(numbers());
print(writes(sizes));
print(churn(sizes));
print(gets(sizes));
print(lists(sizes.slice(0, 3)));
print(listers(sizes));
print(indexUpdates(sizes));
print(transactions(sizes.slice(0, 3)));
print(queues(sizes.slice(2)));
print(memory(sizes.slice(0, 3)));
