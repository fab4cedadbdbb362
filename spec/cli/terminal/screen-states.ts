import { KubeError } from 'kuberx';
import { startingStatus, type Status } from '../../../cli/status.ts';
import { emptyTally } from '../../../cli/summary.ts';
import type { RecentRow } from '../../../cli/terminal/recent-rows.ts';
import type { ScreenState } from '../../../cli/terminal/screen-state.ts';

/** The clock of the states. */
export const now: number = Date.parse('2026-01-01T00:01:00Z');

const created = '2026-01-01T00:00:00Z';
const statuses = [
  ['1/1', 'Running', 'well', 0],
  ['0/1', 'CrashLoopBackOff', 'failing', 12],
  ['0/2', 'Init:0/1', 'underway', 0],
  ['1/1', 'Running', 'well', 1],
  ['0/1', 'ContainerCreating', 'underway', 0],
] as const;

/** A hundred pods. Some have names that take more room than there is. */
export const podRows: readonly RecentRow[] = Array.from({ length: 100 }, (_, index) => {
  const [ready, status, health, restarts] = statuses[index % statuses.length]!;
  return {
    namespace: index === 1 ? 'a-namespace-with-a-name-as-long-as-the-server-takes-it-0123456789' : 'search',
    name: index === 2 ? '名'.repeat(60) : `api-7d9f8b6c5d-x2x${String(index).padStart(2, '0')}`,
    ...{ status, health, created },
    pod: { ready, restarts, restartedAt: restarts === 0 ? undefined : '2026-01-01T00:00:30Z', node: 'worker-01' },
    change: index === 0 ? ('updated' as const) : index === 3 ? ('deleted' as const) : undefined,
  };
});

/** A reflector that watches. */
export const watching: Status = { ...startingStatus, phase: 'watching' };

/** A watch of pods, some of which fail. */
export const podState: ScreenState = {
  title: { resource: 'v1/pods', namespace: undefined, place: 'production', server: '127.0.0.1:6443' },
  now,
  startedAt: now - 12_000,
  status: watching,
  tally: { ...emptyTally, synced: 1000, added: 1, updated: 1234, relists: 1 },
  perSecond: 19.84,
  size: 1000,
  expected: undefined,
  counts: [
    { status: 'CrashLoopBackOff', health: 'failing', count: 12 },
    { status: 'ImagePullBackOff', health: 'failing', count: 3 },
    { status: 'Running', health: 'well', count: 960 },
    { status: 'Completed', health: 'well', count: 15 },
    { status: 'Pending', health: 'underway', count: 10 },
  ],
  shape: { namespaced: true, statuses: true, pods: true },
  rows: podRows,
  keys: true,
};

/** A failure in more words than most terminals have room for. */
export const interruption = {
  error: new KubeError({
    reason: 'ConnectionRefused',
    resource: 'v1/pods',
    message: 'nothing listens at 127.0.0.1 port 6443',
  }),
  phase: 'watching',
  attempt: 4,
  at: now - 1000,
  retryAt: now + 2400,
} as const;
