import type { V1Pod } from '@kubernetes/client-node';
import type { OrderBy, Raw } from 'kuberx';

export type Pod = Raw<V1Pod>;

/** A column of the table and the order by it; `desc` is the direction in which it is sorted first. */
export interface Column extends OrderBy<Pod> {
  readonly title: string;
}

/** Its containers, with those that run before them. */
export const containersOf = ({ status }: Pod) => [
  ...(status?.initContainerStatuses ?? []),
  ...(status?.containerStatuses ?? []),
];

/** The state of a pod in a word: what keeps a container of it from running, or else its phase. */
export function statusOf(pod: Pod): string {
  const { phase = 'Unknown', reason, conditions = [] } = pod.status ?? {};
  if (pod.metadata.deletionTimestamp !== undefined) return 'Terminating';
  if (phase === 'Succeeded') return 'Completed';
  const troubles = containersOf(pod).map(({ state, ready }) => {
    const { exitCode = 0, reason: ending } = state?.terminated ?? {};
    if (exitCode !== 0) return ending ?? `ExitCode:${exitCode}`;
    return state?.waiting?.reason ?? (state?.running && !ready ? 'NotReady' : undefined);
  });
  const unscheduled = conditions.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  return reason ?? troubles.find((trouble) => trouble !== undefined) ?? unscheduled?.reason ?? phase;
}

/** What its server, scheduler and containers say of it in sentences. */
export function wordsOf(pod: Pod): readonly string[] {
  const { message, conditions = [] } = pod.status ?? {};
  const states = containersOf(pod).map(({ state }) => state?.waiting ?? state?.terminated);
  const said = [message, ...[...states, ...conditions].map((each) => each?.message)];
  return [...new Set(said.flatMap((words) => words || []))];
}

const calm = /^(?:Running|Completed)$/;
const passing = /^(?:Pending|ContainerCreating|PodInitializing|SchedulingGated|Terminating|NotReady)$/;

/** `good` where all is well, `busy` where it should become so by itself, `bad` where somebody has to look. */
export function toneOf(pod: Pod): 'good' | 'busy' | 'bad' {
  const status = statusOf(pod);
  return calm.test(status) ? 'good' : passing.test(status) ? 'busy' : 'bad';
}

/** Orders the worst first. */
export const worstFirst: OrderBy<Pod> = { key: (pod) => ['bad', 'busy', 'good'].indexOf(toneOf(pod)) };

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

export const columns: readonly Column[] = [
  { title: 'Namespace', key: ({ metadata }) => metadata.namespace },
  { title: 'Name', natural: true, key: ({ metadata }) => metadata.name },
  { title: 'Status', key: statusOf },
  {
    title: 'Ready',
    natural: true,
    key: ({ spec, status }) =>
      `${sum(status?.containerStatuses?.map(({ ready }) => Number(ready)) ?? [])}/${spec?.containers.length ?? 0}`,
  },
  { title: 'Restarts', desc: true, key: (pod) => sum(containersOf(pod).map(({ restartCount }) => restartCount)) },
  { title: 'Node', natural: true, key: ({ spec }) => spec?.nodeName },
  { title: 'Age', key: ({ metadata }) => -Date.parse(metadata.creationTimestamp ?? '') },
];
