import { TestScheduler } from 'rxjs/testing';
import { ApiServer, type ApiServerOptions } from 'kuberx/testing/apiserver';

/** A server in virtual time, which `pass` lets pass. */
export function virtualServer(options: ApiServerOptions): { readonly server: ApiServer; readonly pass: () => void } {
  const scheduler = new TestScheduler(() => undefined);
  const server = new ApiServer({ ...options, listen: false, scheduler, random: seeded() });
  return { server, pass: () => scheduler.flush() };
}

/** Different uids, the same in every run. */
function seeded(): () => number {
  let state = 1;
  return () => {
    state = Math.imul(state, 48271) >>> 0;
    return state / 2 ** 32;
  };
}
