/** A pod, as far as its columns depend on it, and what `kubectl get pods` shows of it. */
export interface PodSample {
  readonly name: string;
  readonly pod: {
    readonly metadata?: { readonly deletionTimestamp?: string };
    readonly spec: object;
    readonly status: object;
  };
  readonly ready: string;
  readonly status: string;
  readonly restarts: number;
  readonly restartedAt: string | undefined;
}

const early = '2026-01-01T00:00:00Z';
const late = '2026-01-02T00:00:00Z';
const condition = (type: string, status: string, reason?: string): object => ({
  ...{ type, status },
  ...(reason === undefined ? {} : { reason }),
});
const isReady = condition('Ready', 'True');
const initialized = condition('Initialized', 'True');

/** The names of containers, the first one `a`. */
const named = (count: number): { name: string }[] =>
  Array.from({ length: count }, (_, index) => ({ name: String.fromCharCode(97 + index) }));
const spec = (containers: number, ...initContainers: object[]): object => ({
  containers: named(containers),
  ...(initContainers.length === 0 ? {} : { initContainers }),
});

/** The status of the `index`-th container. */
const container = (index: number, state: object, rest: object = {}): object => ({
  ...{ name: String.fromCharCode(97 + index), state, ready: false, restartCount: 0 },
  ...rest,
});
const init = (name: string, state: object, rest: object = {}): object => ({ ...container(0, state, rest), name });
const running = { running: { startedAt: early } };
const up = { ready: true };
const waiting = (reason: string): object => ({ waiting: { reason } });
const ended = (exitCode: number, rest: object = {}): object => ({ terminated: { exitCode, ...rest } });
const completed = ended(0, { reason: 'Completed' });
const restarted = (restartCount: number, finishedAt?: string): object => ({
  restartCount,
  ...(finishedAt === undefined ? {} : { lastState: ended(1, { finishedAt }) }),
});

const sample = (
  name: string,
  pod: PodSample['pod'],
  ready: string,
  status: string,
  restarts = 0,
  restartedAt?: string,
): PodSample => ({ name, pod, ready, status, restarts, restartedAt });

/** What pods go through, and what shows it. */
export const podSamples: readonly PodSample[] = [
  sample('a pod that waits for a node', { spec: spec(2), status: { phase: 'Pending' } }, '0/2', 'Pending'),
  sample(
    'a pod behind a gate',
    {
      spec: spec(1),
      status: { phase: 'Pending', conditions: [condition('PodScheduled', 'False', 'SchedulingGated')] },
    },
    '0/1',
    'SchedulingGated',
  ),
  sample(
    'a pod that gets its image',
    { spec: spec(1), status: { phase: 'Pending', containerStatuses: [container(0, waiting('ContainerCreating'))] } },
    '0/1',
    'ContainerCreating',
  ),
  sample(
    'an image that cannot be pulled, of the first container that says so',
    {
      spec: spec(2),
      status: {
        phase: 'Pending',
        containerStatuses: [container(0, waiting('ImagePullBackOff')), container(1, waiting('ErrImagePull'))],
      },
    },
    '0/2',
    'ImagePullBackOff',
  ),
  sample(
    'a pod that runs',
    {
      spec: spec(2),
      status: {
        phase: 'Running',
        conditions: [isReady],
        containerStatuses: [container(0, running, up), container(1, running, up)],
      },
    },
    '2/2',
    'Running',
  ),
  sample(
    'a pod that runs and is not ready',
    { spec: spec(1), status: { phase: 'Running', containerStatuses: [container(0, running)] } },
    '0/1',
    'Running',
  ),
  sample(
    'a container that crashes, and one that runs',
    {
      spec: spec(2),
      status: {
        phase: 'Running',
        containerStatuses: [
          container(0, running, { ...up, ...restarted(2, early) }),
          container(1, waiting('CrashLoopBackOff'), restarted(12, late)),
        ],
      },
    },
    '1/2',
    'CrashLoopBackOff',
    14,
    late,
  ),
  sample(
    'a container that has ended among others that run',
    {
      spec: spec(2),
      status: {
        phase: 'Running',
        conditions: [isReady],
        containerStatuses: [container(0, completed), container(1, running, up)],
      },
    },
    '1/2',
    'Running',
  ),
  sample(
    'a container that has ended among others that are not all ready',
    {
      spec: spec(2),
      status: { phase: 'Running', containerStatuses: [container(0, completed), container(1, running, up)] },
    },
    '1/2',
    'NotReady',
  ),
  sample(
    'a container that has failed behind one that has ended',
    {
      spec: spec(2),
      status: {
        phase: 'Running',
        containerStatuses: [container(0, completed), container(1, ended(3, { reason: 'Error' }))],
      },
    },
    '0/2',
    'Error',
  ),
  sample(
    'a job that is done',
    { spec: spec(1), status: { phase: 'Succeeded', containerStatuses: [container(0, completed)] } },
    '0/1',
    'Completed',
  ),
  sample(
    'a container that was killed for its memory',
    {
      spec: spec(1),
      status: { phase: 'Failed', containerStatuses: [container(0, ended(137, { reason: 'OOMKilled' }))] },
    },
    '0/1',
    'OOMKilled',
  ),
  sample(
    'a container that ended with a code and no reason',
    { spec: spec(1), status: { phase: 'Failed', containerStatuses: [container(0, ended(7))] } },
    '0/1',
    'ExitCode:7',
  ),
  sample(
    'a container that ended by a signal',
    { spec: spec(1), status: { phase: 'Failed', containerStatuses: [container(0, ended(137, { signal: 9 }))] } },
    '0/1',
    'Signal:9',
  ),
  sample('a pod that was evicted', { spec: spec(1), status: { phase: 'Failed', reason: 'Evicted' } }, '0/1', 'Evicted'),
  sample(
    'the second of three init containers',
    {
      spec: spec(1, { name: 'i' }, { name: 'j' }, { name: 'k' }),
      status: {
        phase: 'Pending',
        containerStatuses: [container(0, waiting('PodInitializing'))],
        initContainerStatuses: [init('i', completed), init('j', running), init('k', waiting('PodInitializing'))],
      },
    },
    '0/1',
    'Init:1/3',
  ),
  sample(
    'an init container that waits for its turn',
    {
      spec: spec(1, { name: 'i' }),
      status: { phase: 'Pending', initContainerStatuses: [init('i', waiting('PodInitializing'))] },
    },
    '0/1',
    'Init:0/1',
  ),
  sample(
    'an init container that crashes',
    {
      spec: spec(1, { name: 'i' }),
      status: {
        phase: 'Pending',
        containerStatuses: [container(0, waiting('PodInitializing'))],
        initContainerStatuses: [init('i', waiting('CrashLoopBackOff'), restarted(4, early))],
      },
    },
    '0/1',
    'Init:CrashLoopBackOff',
    4,
    early,
  ),
  sample(
    'an init container that has failed for a reason',
    {
      spec: spec(1, { name: 'i' }),
      status: { phase: 'Pending', initContainerStatuses: [init('i', ended(1, { reason: 'Error' }), restarted(1))] },
    },
    '0/1',
    'Init:Error',
    1,
  ),
  sample(
    'an init container that has failed by a code',
    {
      spec: spec(1, { name: 'i' }),
      status: { phase: 'Pending', initContainerStatuses: [init('i', ended(4))] },
    },
    '0/1',
    'Init:ExitCode:4',
  ),
  sample(
    'an init container that has failed by a signal',
    {
      spec: spec(1, { name: 'i' }),
      status: { phase: 'Pending', initContainerStatuses: [init('i', ended(1, { signal: 15 }))] },
    },
    '0/1',
    'Init:Signal:15',
  ),
  sample(
    'restarts of init containers that are through, which count no longer',
    {
      spec: spec(1, { name: 'i' }),
      status: {
        phase: 'Running',
        conditions: [initialized, isReady],
        containerStatuses: [container(0, running, { ...up, ...restarted(1, early) })],
        initContainerStatuses: [init('i', completed, restarted(6, late))],
      },
    },
    '1/1',
    'Running',
    1,
    early,
  ),
  sample(
    'a sidecar, which is a container like the others, and counts its restarts',
    {
      spec: spec(1, { name: 'i' }, { name: 's', restartPolicy: 'Always' }),
      status: {
        phase: 'Running',
        conditions: [initialized, isReady],
        containerStatuses: [container(0, running, { ...up, ...restarted(1, early) })],
        initContainerStatuses: [
          init('i', completed),
          init('s', running, { ready: true, started: true, ...restarted(2, late) }),
        ],
      },
    },
    '2/2',
    'Running',
    3,
    late,
  ),
  sample(
    'a sidecar that starts',
    {
      spec: spec(1, { name: 's', restartPolicy: 'Always' }),
      status: {
        phase: 'Pending',
        containerStatuses: [container(0, waiting('PodInitializing'))],
        initContainerStatuses: [init('s', running, { started: false })],
      },
    },
    '0/2',
    'Init:0/1',
  ),
  sample(
    'a sidecar that crashes once the pod is initialized',
    {
      spec: spec(1, { name: 's', restartPolicy: 'Always' }),
      status: {
        phase: 'Running',
        conditions: [initialized],
        containerStatuses: [container(0, running, up)],
        initContainerStatuses: [init('s', waiting('CrashLoopBackOff'), restarted(5, early))],
      },
    },
    '1/2',
    'Init:CrashLoopBackOff',
    5,
    early,
  ),
];

const deleted = { metadata: { deletionTimestamp: late } };

/** Pods that are being deleted. A server writes their time itself. */
export const deletedPodSamples: readonly PodSample[] = [
  sample(
    'a pod that is being deleted',
    {
      ...deleted,
      spec: spec(1),
      status: { phase: 'Running', conditions: [isReady], containerStatuses: [container(0, running, up)] },
    },
    '1/1',
    'Terminating',
  ),
  sample(
    'a pod that is being deleted and has ended',
    { ...deleted, spec: spec(1), status: { phase: 'Succeeded', containerStatuses: [container(0, completed)] } },
    '0/1',
    'Completed',
  ),
  sample(
    'a pod that is being deleted on a node that is lost',
    { ...deleted, spec: spec(1), status: { phase: 'Running', reason: 'NodeLost' } },
    '0/1',
    'Unknown',
  ),
];
