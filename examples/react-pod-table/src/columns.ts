import type { V1Pod } from '@kubernetes/client-node';
import type { OrderBy, Raw } from 'kuberx';

export type Pod = Raw<V1Pod>;

/** Its containers, with those that run before them. */
export const containersOf = ({ status }: Pod) => [
  ...(status?.initContainerStatuses ?? []),
  ...(status?.containerStatuses ?? []),
];

/** Why a container does not run, in its own words. */
function troubleOf({ state, ready }: ReturnType<typeof containersOf>[number]): string | undefined {
  const ended = state?.terminated;
  if (ended?.exitCode) return ended.reason ?? `ExitCode:${ended.exitCode}`;
  return state?.waiting?.reason ?? (state?.running && !ready ? 'NotReady' : undefined);
}

/** The state of a pod in a word: what keeps a container of it from running, or else its phase. */
export function statusOf(pod: Pod): string {
  const { phase = 'Unknown', reason, conditions = [] } = pod.status ?? {};
  if (pod.metadata.deletionTimestamp !== undefined) return 'Terminating';
  if (phase === 'Succeeded') return 'Completed';
  if (reason !== undefined) return reason;
  const words = containersOf(pod).flatMap((container) => troubleOf(container) ?? []);
  const unscheduled = conditions.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  return words[0] ?? unscheduled?.reason ?? phase;
}

/** What its server, scheduler and containers say of it in sentences. */
export function wordsOf(pod: Pod): readonly string[] {
  const { message, conditions = [] } = pod.status ?? {};
  const waiting = containersOf(pod).map(({ state }) => state?.waiting?.message ?? state?.terminated?.message);
  const said = [message, ...waiting, ...conditions.map((condition) => condition.message)];
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

/** The columns of the table, and the order by each; `desc` is the direction in which it is sorted first. */
export const columns: readonly (OrderBy<Pod> & { readonly title: string })[] = [
  { title: 'Namespace', key: ({ metadata }) => metadata.namespace },
  { title: 'Name', natural: true, key: ({ metadata }) => metadata.name },
  { title: 'Status', key: statusOf },
  { title: 'Ready', natural: true, key: readyOf },
  { title: 'Restarts', desc: true, key: restartsOf },
  { title: 'Node', natural: true, key: ({ spec }) => spec?.nodeName },
  { title: 'Age', key: ({ metadata }) => -Date.parse(metadata.creationTimestamp ?? '') },
];

function readyOf({ spec, status }: Pod): string {
  const ready = status?.containerStatuses?.filter((container) => container.ready) ?? [];
  return `${ready.length}/${spec?.containers.length ?? 0}`;
}

function restartsOf(pod: Pod): number {
  return containersOf(pod).reduce((sum, { restartCount }) => sum + restartCount, 0);
}
