import { goChecks } from './go-checks.ts';

await goChecks('client-go', [
  ['discovery', 'finds what is served, aggregated, preferred and group by group'],
  ['rest-mapper', 'maps kinds and short names, and those of a new definition'],
  ['crd-clientset', 'defines a resource, waits until it is established, and writes its objects by the dynamic client'],
  ['typed-client', 'creates, patches, updates and deletes, and knows what it was refused for'],
  ['typed-apply', 'applies, is refused a field of another, and takes it'],
  ['typed-informer', 'follows objects by a shared informer'],
  ['dynamic-informer', 'follows objects by a dynamic informer'],
  ['metadata-informer', 'follows metadata'],
  ['pager', 'lists by pages'],
  ['until', 'waits for a change by list and watch'],
  ['scale-client', 'reads and writes the scale of a Deployment'],
  ['leader-election', 'elects a leader by a Lease, and the next one when it resigns'],
  ['event-recorder', 'records events, and counts those that repeat'],
  ['delete-collection', 'deletes what a selector selects'],
]);
