export { buildObject } from './build-object.ts';
export { fakeListerWatcher } from './fake-lister-watcher.ts';
export type { FakeAnswer, FakeListerWatcher, FakeListerWatcherOptions, FakeRequest } from './fake-lister-watcher.ts';
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
