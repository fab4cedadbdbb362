import type { KubernetesObject } from 'kuberx';

/** How far a pod is: created, given a node, running; a pod of a job ends. */
export type PodStage = 'created' | 'scheduled' | 'running' | 'ended';

/** What the demo writes: a pod as its owner would, without what the server adds. */
export interface DemoPod extends KubernetesObject {
  readonly metadata: KubernetesObject['metadata'] & { readonly namespace: string };
  readonly spec: Readonly<Record<string, unknown>>;
  readonly status: Readonly<Record<string, unknown>>;
}

/** The namespaces of the demo's pods. */
export const demoNamespaces = [
  'accounts',
  'billing',
  'catalog',
  'checkout',
  'insights',
  'media',
  'platform',
  'sandbox',
  'search',
  'shipping',
] as const;

const apps = ['api', 'web', 'worker', 'cache', 'report'] as const;
const nodeCount = 12;
// The letters of generated names, without vowels: apimachinery util/rand.
const letters = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * The pod of the demo with this index and number of restarts. Equal arguments give equal pods. No two indexes have the
 * same name (up to 14 million). Indexes go around the namespaces.
 */
export function demoPod(index: number, stage: PodStage, restarts = 0): DemoPod {
  const namespace = demoNamespaces[index % demoNamespaces.length] ?? demoNamespaces[0];
  const app = apps[Math.floor(index / demoNamespaces.length) % apps.length] ?? apps[0];
  const isJob = app === 'report';
  const owner = `${app}-${scrambled(index % 50, 9)}`;
  const name = `${owner}-${scrambled(index + 1000, 5)}`;
  const node = `worker-${String((index % nodeCount) + 1).padStart(2, '0')}`;
  const isReady = stage === 'running' && !isCrashing(index);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels: { app, 'app.kubernetes.io/part-of': namespace, 'pod-template-hash': owner.slice(app.length + 1) },
      annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8080' },
      ownerReferences: [
        {
          apiVersion: isJob ? 'batch/v1' : 'apps/v1',
          kind: isJob ? 'Job' : 'ReplicaSet',
          name: owner,
          uid: `00000000-0000-4000-8000-${String(index % 50).padStart(12, '0')}`,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      containers: [
        {
          name: app,
          image: `registry.example/${namespace}/${app}:1.4.2`,
          ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
          env: [{ name: 'REGION', value: 'eu-central' }],
          resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
          readinessProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 10 },
        },
      ],
      ...(app === 'api' ? { initContainers: [{ name: 'migrate', image: 'registry.example/migrate:1.4.2' }] } : {}),
      restartPolicy: isJob ? 'Never' : 'Always',
      serviceAccountName: app,
      ...(stage === 'created' ? {} : { nodeName: node }),
    },
    status: {
      phase: phaseOf(stage, index),
      conditions: [
        { type: 'PodScheduled', status: stage === 'created' ? 'False' : 'True' },
        { type: 'Initialized', status: stage === 'created' || isInitializing(stage, app) ? 'False' : 'True' },
        { type: 'ContainersReady', status: isReady ? 'True' : 'False' },
        { type: 'Ready', status: isReady ? 'True' : 'False' },
      ],
      ...(isReady ? { podIP: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}` } : {}),
      ...containerStatuses(stage, index, app, restarts),
      qosClass: 'Burstable',
    },
  };
}

/** What the kubelet says of the containers: no state before there is a node. */
function containerStatuses(stage: PodStage, index: number, app: string, restarts: number): object {
  const migrated = isInitializing(stage, app)
    ? waiting('PodInitializing')
    : { terminated: { exitCode: 0, reason: 'Completed' } };
  const isReady = stage === 'running' && !isCrashing(index);
  const status = {
    name: app,
    ready: isReady,
    restartCount: isCrashing(index) ? restarts + 7 : restarts,
    image: `${app}:1.4.2`,
    state: isInitializing(stage, app) ? waiting('PodInitializing') : stateOf(stage, index),
  };
  return {
    ...(app === 'api' && stage !== 'created'
      ? { initContainerStatuses: [{ name: 'migrate', restartCount: 0, state: migrated }] }
      : {}),
    containerStatuses: [status],
  };
}

/** The pods of one app have an init container, which runs while they start. */
function isInitializing(stage: PodStage, app: string): boolean {
  return stage === 'scheduled' && app === 'api';
}

function stateOf(stage: PodStage, index: number): object {
  if (stage === 'created') return {};
  if (stage === 'scheduled') return waiting('ContainerCreating');
  if (stage === 'running') return isCrashing(index) ? waiting('CrashLoopBackOff') : { running: {} };
  const isFailed = phaseOf(stage, index) === 'Failed';
  return { terminated: { exitCode: isFailed ? 1 : 0, reason: isFailed ? 'Error' : 'Completed' } };
}

function waiting(reason: string): object {
  return { waiting: { reason } };
}

/** True for the few pods whose container does not stay up. */
function isCrashing(index: number): boolean {
  return index % 97 === 13;
}

/** True for the pods that end. */
export function isJobPod(index: number): boolean {
  return apps[Math.floor(index / demoNamespaces.length) % apps.length] === 'report';
}

function phaseOf(stage: PodStage, index: number): string {
  if (stage === 'ended') return index % 7 === 0 ? 'Failed' : 'Succeeded';
  return stage === 'running' ? 'Running' : 'Pending';
}

/** A number as `length` letters that look random. Different numbers give different letters, if there are enough such texts. */
function scrambled(value: number, length: number): string {
  const range = 27n ** BigInt(length);
  // Steps of the golden ratio spread neighbours; without a factor of 3 they meet every number below a power of 27 once.
  const golden = (range * 618_034n) / 1_000_000n;
  const step = golden - (golden % 3n) + 1n;
  let rest = ((BigInt(value) + 1n) * step) % range;
  let text = '';
  for (let position = 0; position < length; position++) {
    text = (letters[Number(rest % 27n)] ?? '') + text;
    rest /= 27n;
  }
  return text;
}
