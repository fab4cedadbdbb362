import { type Shown, tablePrinter, type TablePrinter } from './table-printer.ts';

/** Containers, images and the selector of a workload. */
function wide(object: Shown, spec = 'spec.template.spec'): readonly string[] {
  return [object.joined(`${spec}.containers`, 'name'), object.joined(`${spec}.containers`, 'image')];
}

function waitingOrEnded(container: Shown): string | undefined {
  const waiting = container.text('state.waiting.reason');
  if (waiting !== '') return waiting;
  if (container.at('state.terminated') === undefined) return undefined;
  const reason = container.text('state.terminated.reason');
  const signal = container.number('state.terminated.signal');
  return reason || (signal > 0 ? `Signal:${signal}` : `ExitCode:${container.number('state.terminated.exitCode')}`);
}

/** The first init container that has not come to a good end, as the status of its pod. */
function initStatus(pod: Shown): string | undefined {
  const statuses = pod.each('status.initContainerStatuses');
  const index = statuses.findIndex(
    (each) => each.at('state.terminated') === undefined || each.number('state.terminated.exitCode') !== 0,
  );
  const status = statuses[index];
  if (status === undefined) return undefined;
  const reason = waitingOrEnded(status);
  if (reason !== undefined && reason !== 'PodInitializing') return `Init:${reason}`;
  return `Init:${index}/${pod.size('spec.initContainers')}`;
}

/** What kubectl calls the status of a pod. Source: kubernetes `printers/internalversion/printers.go`. */
function podStatus(pod: Shown): string {
  const phase = pod.text('status.reason', pod.text('status.phase', 'Pending'));
  if (pod.at('metadata.deletionTimestamp') !== undefined)
    return pod.text('status.reason') === 'NodeLost' ? 'Unknown' : 'Terminating';
  const initial = initStatus(pod);
  if (initial !== undefined) return initial;
  const reasons = pod.each('status.containerStatuses').map(waitingOrEnded);
  const reason = reasons.find((each) => each !== undefined);
  const isRunning = pod
    .each('status.containerStatuses')
    .some((each) => each.at('state.running') !== undefined && each.at('ready') === true);
  return reason === 'Completed' && isRunning ? 'Running' : (reason ?? phase);
}

function restarts(pod: Shown): string {
  const statuses = pod.each('status.containerStatuses');
  const count = statuses.reduce((sum, each) => sum + each.number('restartCount'), 0);
  const ended = statuses.filter((each) => each.at('lastState.terminated.finishedAt') !== undefined);
  const last = ended.sort((a, b) =>
    a.text('lastState.terminated.finishedAt') < b.text('lastState.terminated.finishedAt') ? 1 : -1,
  )[0];
  return count > 0 && last !== undefined
    ? `${count} (${last.age('lastState.terminated.finishedAt')} ago)`
    : String(count);
}

function readinessGates(pod: Shown): string {
  const gates = pod.each('spec.readinessGates').map((gate) => gate.text('conditionType'));
  const met = pod
    .each('status.conditions')
    .filter((each) => gates.includes(each.text('type')) && each.text('status') === 'True');
  return gates.length === 0 ? '<none>' : `${met.length}/${gates.length}`;
}

function jobStatus(job: Shown): string {
  const isTrue = (type: string): boolean =>
    job.each('status.conditions').some((each) => each.text('type') === type && each.text('status') === 'True');
  const found = ['Complete', 'Failed'].find(isTrue);
  if (found !== undefined) return found;
  if (job.at('metadata.deletionTimestamp') !== undefined) return 'Terminating';
  return ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find(isTrue) ?? 'Running';
}

function completions(job: Shown): string {
  const done = job.number('status.succeeded');
  const wanted = job.at('spec.completions');
  if (typeof wanted === 'number') return `${done}/${wanted}`;
  const parallelism = job.number('spec.parallelism');
  return parallelism > 1 ? `${done}/1 of ${parallelism}` : `${done}/1`;
}

function metric(autoscaler: Shown, spec: Shown, index: number): string {
  const name = spec.text('resource.name');
  const current = autoscaler.each('status.currentMetrics')[index];
  const utilization = spec.at('resource.target.averageUtilization');
  if (typeof utilization === 'number') {
    const now = current?.at('resource.current.averageUtilization');
    return `${name}: ${typeof now === 'number' ? `${now}%` : '<unknown>'}/${utilization}%`;
  }
  const now = current?.text('resource.current.averageValue', '<unknown>') ?? '<unknown>';
  return `${name}: ${now}/${spec.text('resource.target.averageValue')}`;
}

/** Of the first version, whose one metric is a percentage of CPU. */
function cpu(autoscaler: Shown): string {
  const target = autoscaler.text('spec.targetCPUUtilizationPercentage', '80');
  return `cpu: ${autoscaler.text('status.currentCPUUtilizationPercentage', '<unknown>')}/${target}%`;
}

function autoscalerPrinter(targets: (autoscaler: Shown) => string): TablePrinter {
  return tablePrinter('Name|Reference|Targets|MinPods|MaxPods|Replicas|Age', (each) => [
    `${each.text('spec.scaleTargetRef.kind')}/${each.text('spec.scaleTargetRef.name')}`,
    targets(each) || '<none>',
    each.text('spec.minReplicas', '<unset>'),
    each.text('spec.maxReplicas'),
    each.text('status.currentReplicas', '0'),
    each.age(),
  ]);
}

const replicas = (each: Shown): readonly unknown[] => [
  each.number('spec.replicas', 1),
  each.number('status.replicas'),
  each.number('status.readyReplicas'),
  each.age(),
  ...wide(each),
];

/** Those of workloads, by group and plural. */
export const workloadPrinters: Readonly<Record<string, TablePrinter>> = {
  '/pods': tablePrinter('Name|Ready|Status|Restarts|Age|IP!|Node!|Nominated Node!|Readiness Gates!', (pod) => [
    `${pod.each('status.containerStatuses').filter((each) => each.at('ready') === true).length}/${pod.size('spec.containers')}`,
    podStatus(pod),
    restarts(pod),
    pod.age(),
    pod.text('status.podIP') || '<none>',
    pod.text('spec.nodeName') || '<none>',
    pod.text('status.nominatedNodeName') || '<none>',
    readinessGates(pod),
  ]),
  '/replicationcontrollers': tablePrinter('Name|Desired#|Current#|Ready#|Age|Containers!|Images!|Selector!', (each) => [
    ...replicas(each),
    each.labels('spec.selector'),
  ]),
  '/podtemplates': tablePrinter('Name|Containers|Images|Pod Labels', (each) => [
    ...wide(each, 'template.spec'),
    each.labels('template.metadata.labels'),
  ]),
  'apps/deployments': tablePrinter('Name|Ready|Up-to-date|Available|Age|Containers!|Images!|Selector!', (each) => [
    `${each.number('status.readyReplicas')}/${each.number('spec.replicas', 1)}`,
    each.text('status.updatedReplicas', '0'),
    each.text('status.availableReplicas', '0'),
    each.age(),
    ...wide(each),
    each.selector('spec.selector'),
  ]),
  'apps/replicasets': tablePrinter('Name|Desired#|Current#|Ready#|Age|Containers!|Images!|Selector!', (each) => [
    ...replicas(each),
    each.selector('spec.selector'),
  ]),
  'apps/statefulsets': tablePrinter('Name|Ready|Age|Containers!|Images!', (each) => [
    `${each.number('status.readyReplicas')}/${each.number('spec.replicas', 1)}`,
    each.age(),
    ...wide(each),
  ]),
  'apps/daemonsets': tablePrinter(
    'Name|Desired#|Current#|Ready#|Up-to-date#|Available#|Node Selector|Age|Containers!|Images!|Selector!',
    (each) => [
      each.number('status.desiredNumberScheduled'),
      each.number('status.currentNumberScheduled'),
      each.number('status.numberReady'),
      each.number('status.updatedNumberScheduled'),
      each.number('status.numberAvailable'),
      each.labels('spec.template.spec.nodeSelector'),
      each.age(),
      ...wide(each),
      each.selector('spec.selector'),
    ],
  ),
  'apps/controllerrevisions': tablePrinter('Name|Controller|Revision|Age', (each) => {
    const owner = each.each('metadata.ownerReferences').find((reference) => reference.at('controller') === true);
    const [kind, name] = [owner?.text('kind').toLowerCase(), owner?.text('name')];
    return [
      owner === undefined ? '<none>' : `${kind ?? ''}.apps/${name ?? ''}`,
      each.text('revision', '0'),
      each.age(),
    ];
  }),
  'batch/jobs': tablePrinter('Name|Status|Completions|Duration|Age|Containers!|Images!|Selector!', (job) => [
    jobStatus(job),
    completions(job),
    job.span('status.startTime', 'status.completionTime'),
    job.age(),
    ...wide(job),
    job.selector('spec.selector'),
  ]),
  'batch/cronjobs': tablePrinter(
    'Name|Schedule|Timezone|Suspend?|Active#|Last Schedule|Age|Containers!|Images!|Selector!',
    (each) => [
      each.text('spec.schedule'),
      each.text('spec.timeZone') || '<none>',
      each.text('spec.suspend', 'false') === 'true' ? 'True' : 'False',
      each.size('status.active'),
      each.at('status.lastScheduleTime') === undefined ? '<none>' : each.age('status.lastScheduleTime'),
      each.age(),
      ...wide(each, 'spec.jobTemplate.spec.template.spec'),
      each.selector('spec.jobTemplate.spec.selector'),
    ],
  ),
  'autoscaling/v2/horizontalpodautoscalers': autoscalerPrinter((each) =>
    each
      .each('spec.metrics')
      .map((spec, index) => metric(each, spec, index))
      .join(', '),
  ),
  'autoscaling/v1/horizontalpodautoscalers': autoscalerPrinter(cpu),
  'policy/poddisruptionbudgets': tablePrinter('Name|Min Available|Max Unavailable|Allowed Disruptions#|Age', (each) => [
    each.text('spec.minAvailable', 'N/A'),
    each.text('spec.maxUnavailable', 'N/A'),
    each.number('status.disruptionsAllowed'),
    each.age(),
  ]),
};
