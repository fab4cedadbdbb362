import { goChecks } from './go-checks.ts';

await goChecks('controller-runtime', [
  ['rest-mapper', 'maps kinds, and those of a new definition'],
  ['client', 'creates, patches, applies and deletes all of a namespace'],
  ['cache', 'starts a cache with an index'],
  ['manager', 'runs a controller under a lease, with a finalizer, a child and a status'],
]);
