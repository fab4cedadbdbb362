import type { Timers } from '../../streams/time/silence-timer.ts';

/** The timers of Node, which never keep the process alive, on a clock that does not jump. */
export const nodeTimers: Timers = {
  now: () => performance.now(),
  after: (delay, action) => {
    const timer = setTimeout(action, Math.ceil(delay)).unref();
    return () => clearTimeout(timer);
  },
};
