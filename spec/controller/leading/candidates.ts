import { type LeaderState, leadership, type LeadershipOptions, type Lease, type ReadonlyBehaviorSubject } from 'kuberx';
import { resourceClient } from 'kuberx/http';
import { seededRandom, virtualTime, type VirtualTime } from 'kuberx/testing';
import { ApiServer } from 'kuberx/testing/apiserver';

export const leases = 'coordination.k8s.io/v1/leases';
export const key = 'default/controller';

/** A server in memory, and candidates of one Lease. */
export interface Candidates {
  readonly time: VirtualTime;
  readonly server: ApiServer;
  readonly lease: () => Lease | undefined;
  readonly candidate: (identity: string, options?: Partial<LeadershipOptions>) => ReadonlyBehaviorSubject<LeaderState>;
}

export function candidates(seed = 1): Candidates {
  const time = virtualTime();
  const { scheduler } = time;
  const random = seededRandom(seed);
  const server = new ApiServer({ listen: false, scheduler, random });
  const client = resourceClient(server.http, leases);
  return {
    time,
    server,
    lease: () => server.get(leases, key),
    candidate(identity, options = {}) {
      return leadership(client, {
        namespace: 'default',
        name: 'controller',
        identity,
        scheduler,
        random,
        ...options,
      });
    },
  } satisfies Candidates;
}
