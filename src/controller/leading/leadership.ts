import { asyncScheduler, Observable, Subscription } from 'rxjs';
import type { ResourceClient } from '../../protocol/resource-client.ts';
import { behavior } from '../../streams/behavior.ts';
import type { ReadonlyBehaviorSubject } from '../../streams/readonly-behavior-subject.ts';
import { monotonicClock } from '../../streams/time/monotonic-clock.ts';
import { Candidate } from './candidate.ts';
import type { LeaderState } from './leader-state.ts';
import type { LeadershipOptions } from './leadership-options.ts';
import type { Lease } from './lease.ts';

/**
 * Competes for a Lease, for as long as it is subscribed to: who leads, from the state of now on. client-go's `leaderelection`, with its
 * numbers. Subscribers share one candidate. It never errors and never completes: what fails is tried again, and shows as `error`. A lost
 * Lease ends nothing; the candidate competes again.
 *
 * A leader may act for `renewDeadline` after it has *sent* the last renewal that succeeded, by the clock that says more; `timeLeft()` says
 * how long. Others take over `leaseDuration` after they have *seen* the last renewal. When the last subscriber has gone, the Lease is
 * released, once the work that holds it has settled.
 *
 * Not promised: that a request which was sent in time is also carried out in time. A Lease fences nothing: give writes a
 * `resourceVersion`. Not promised either: two processes of the same `identity`.
 *
 * `client` should have a connection of its own, so that no other request makes a renewal wait. A Lease with `spec.strategy` is the
 * control plane's to give: it is never taken, and it is given back where `preferredHolder` names another.
 *
 * Throws a TypeError for a missing name and a RangeError for invalid times.
 *
 * ```ts
 * import { resourceClient } from 'kuberx/client-node';
 *
 * const leases = resourceClient(kubeConfig, 'coordination.k8s.io/v1/leases');
 * const identity = crypto.randomUUID();
 * const leader$ = leadership(leases, { namespace: 'default', name: 'my-controller', identity });
 * leader$.subscribe(({ isLeading, holder }) => console.log(isLeading ? 'this one leads' : `${holder} leads`));
 * ```
 */
export function leadership(
  client: ResourceClient<Lease>,
  options: LeadershipOptions,
): ReadonlyBehaviorSubject<LeaderState> {
  const { scheduler = asyncScheduler } = options;
  const monotonic = monotonicClock(scheduler);
  const { now = () => ({ wall: scheduler.now(), monotonic: monotonic.now() }) } = options;
  const candidate = new Candidate({ client, options, scheduler, now });
  let subscribers = 0;
  let competing = Subscription.EMPTY;
  const states$ = new Observable<LeaderState>((subscriber) => {
    subscriber.add(candidate.state$.subscribe(subscriber));
    subscribers += 1;
    if (subscribers === 1) competing = candidate.compete();
    subscriber.add(() => {
      subscribers -= 1;
      if (subscribers === 0) competing.unsubscribe();
    });
  });
  return behavior(states$, () => candidate.state$.value);
}
