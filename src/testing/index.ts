export { buildObject } from './build-object.ts';
export { fakeListerWatcher } from './fake-lister-watcher.ts';
export type { FakeTimes } from './script.ts';
export type { FakeAnswer, FakeListerWatcher, FakeListerWatcherOptions, FakeRequest } from './fake-lister-watcher.ts';
export { fakeResourceClient } from './fake-resource-client.ts';
export type {
  FakeClientAnswer,
  FakeClientRequest,
  FakeResourceClient,
  FakeResourceClientOptions,
} from './fake-resource-client.ts';
export { marbleLine } from './marble-line.ts';
export type { MarbleLine, MarbleLineOptions } from './marble-line.ts';
export { marbleOptions } from './marble-options.ts';
export {
  added,
  bookmark,
  deleted,
  errorFrame,
  initialEventsEnd,
  modified,
  open,
  page,
  status,
} from './watch-frames.ts';
export type { ChangeFrame } from './watch-frames.ts';
export { seededRandom } from '../streams/time/seeded-random.ts';
export { virtualTime } from './virtual-time.ts';
export type { VirtualTime } from './virtual-time.ts';
