import type { KubernetesObject } from '#src/protocol/objects/kubernetes-object.ts';

/** The pod of the benchmark. */
export interface BenchPod extends KubernetesObject {
  readonly spec: { readonly nodeName: string };
}

/** A key as long and as varied as the keys of pods. */
export function podKey(index: number): string {
  return `team-${index % 50}/web-${(index % 100).toString(36)}7c9d-${((index * 7919) % 60466176).toString(36)}-${index}`;
}

/** A pod with next to nothing in it, for what depends on keys and versions only. */
export function smallPod(index: number, version: number, node: string): BenchPod {
  const [namespace, name] = podKey(index).split('/') as [string, string];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, uid: `uid-${index}`, resourceVersion: String(version) },
    spec: { nodeName: node },
  };
}

const containers = ['app', 'proxy'];
const conditions = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];
const variables = ['LOG_LEVEL', 'HTTP_PORT', 'REGION', 'CLUSTER', 'FEATURES', 'DATABASE_HOST'];

/** A pod as a cluster sends it, some 8 kB of JSON, 60% of its parsed size in managedFields. One owner has 100 of them. */
export function podJson(index: number, version: number): string {
  const owner = Math.floor(index / 100);
  const time = `2026-11-23T22:${String(index % 60).padStart(2, '0')}:10Z`;
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `web-${owner}-7c9d8f6b5d-${index.toString(36).padStart(5, 'x')}`,
      generateName: `web-${owner}-7c9d8f6b5d-`,
      namespace: `team-${owner % 50}`,
      uid: `3f2b8a52-1111-4222-8333-${String(index).padStart(12, '0')}`,
      resourceVersion: String(version),
      generation: 1,
      creationTimestamp: time,
      labels: { app: `web-${owner}`, 'pod-template-hash': '7c9d8f6b5d', 'app.kubernetes.io/part-of': 'shop' },
      annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8080', marker: String(version) },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: `web-${owner}-7c9d8f6b5d`,
          uid: `9e107d9d-1111-4222-8333-${String(owner).padStart(12, '0')}`,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
      managedFields: [
        { manager: 'kube-controller-manager', operation: 'Update', apiVersion: 'v1', time, ...fieldsOf('created') },
        {
          manager: 'kubelet',
          operation: 'Update',
          apiVersion: 'v1',
          time: `2026-11-23T22:${String(version % 60).padStart(2, '0')}:40Z`,
          ...fieldsOf('status'),
          subresource: 'status',
        },
      ],
    },
    spec: {
      volumes: [{ name: 'kube-api-access', projected: { sources: tokenSources(), defaultMode: 420 } }],
      containers: containers.map((name) => containerSpec(name)),
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      serviceAccountName: 'web',
      serviceAccount: 'web',
      nodeName: `worker-${index % 40}`,
      securityContext: {},
      schedulerName: 'default-scheduler',
      tolerations: ['not-ready', 'unreachable'].map((key) => ({
        key: `node.kubernetes.io/${key}`,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      })),
      priority: 0,
      enableServiceLinks: true,
      preemptionPolicy: 'PreemptLowerPriority',
    },
    status: {
      phase: 'Running',
      conditions: conditions.map((type) => ({
        type,
        status: 'True',
        lastProbeTime: null,
        lastTransitionTime: time,
        observedGeneration: 1,
      })),
      hostIP: `10.0.0.${index % 40}`,
      podIP: `10.1.${(index >> 8) & 255}.${index & 255}`,
      podIPs: [{ ip: `10.1.${(index >> 8) & 255}.${index & 255}` }],
      startTime: time,
      containerStatuses: containers.map((name) => ({
        name,
        state: { running: { startedAt: time } },
        lastState: {},
        ready: true,
        restartCount: version % 7,
        image: `registry.example/${name}:1.4.2`,
        imageID: `registry.example/${name}@sha256:${'0123456789abcdef'.repeat(4)}`,
        containerID: `containerd://${index.toString(16).padStart(64, name === 'app' ? 'a' : 'b')}`,
        started: true,
      })),
      qosClass: 'Burstable',
    },
  });
}

function containerSpec(name: string): object {
  return {
    name,
    image: `registry.example/${name}:1.4.2`,
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    env: variables.map((variable) => ({ name: variable, value: `${variable.toLowerCase()} of ${name}` })),
    resources: { limits: { cpu: '500m', memory: '256Mi' }, requests: { cpu: '100m', memory: '128Mi' } },
    volumeMounts: [{ name: 'kube-api-access', readOnly: true, mountPath: '/var/run/secrets/kubernetes.io' }],
    livenessProbe: probe('/livez'),
    readinessProbe: probe('/readyz'),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: 'IfNotPresent',
  };
}

function probe(path: string): object {
  return {
    httpGet: { path, port: 8080, scheme: 'HTTP' },
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  };
}

function tokenSources(): object[] {
  return [
    { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
  ];
}

function fieldsOf(part: 'created' | 'status'): object {
  return { fieldsType: 'FieldsV1', fieldsV1: part === 'created' ? createdFields() : statusFields() };
}

/** Keys to themselves, as managedFields has them: `f:name: {}`. */
function fields(...names: string[]): Record<string, object> {
  return Object.fromEntries(names.map((name) => [`f:${name}`, {}]));
}

function createdFields(): object {
  const probeFields = {
    '.': {},
    'f:httpGet': { '.': {}, ...fields('path', 'port', 'scheme') },
    ...fields('failureThreshold', 'periodSeconds', 'successThreshold', 'timeoutSeconds'),
  };
  const container = {
    '.': {},
    'f:env': {
      '.': {},
      ...Object.fromEntries(variables.map((name) => [`k:{"name":"${name}"}`, { '.': {}, ...fields('name', 'value') }])),
    },
    ...fields('image', 'imagePullPolicy', 'name', 'terminationMessagePath', 'terminationMessagePolicy'),
    'f:livenessProbe': probeFields,
    'f:readinessProbe': probeFields,
    'f:ports': {
      '.': {},
      'k:{"containerPort":8080,"protocol":"TCP"}': { '.': {}, ...fields('containerPort', 'name', 'protocol') },
    },
    'f:resources': {
      '.': {},
      'f:limits': { '.': {}, ...fields('cpu', 'memory') },
      'f:requests': { '.': {}, ...fields('cpu', 'memory') },
    },
    'f:volumeMounts': { '.': {}, 'k:{"mountPath":"/data"}': { '.': {}, ...fields('mountPath', 'name') } },
  };
  return {
    'f:metadata': {
      'f:annotations': { '.': {}, ...fields('prometheus.io/port', 'prometheus.io/scrape', 'marker') },
      'f:generateName': {},
      'f:labels': { '.': {}, ...fields('app', 'app.kubernetes.io/part-of', 'pod-template-hash') },
      'f:ownerReferences': { '.': {}, 'k:{"uid":"9e107d9d-1111-4222-8333-444444444444"}': {} },
    },
    'f:spec': {
      'f:containers': Object.fromEntries(containers.map((name) => [`k:{"name":"${name}"}`, container])),
      ...fields('dnsPolicy', 'enableServiceLinks', 'restartPolicy', 'schedulerName', 'securityContext'),
      ...fields('serviceAccount', 'serviceAccountName', 'terminationGracePeriodSeconds'),
    },
  };
}

function statusFields(): object {
  const condition = {
    '.': {},
    ...fields('lastProbeTime', 'lastTransitionTime', 'observedGeneration', 'status', 'type'),
  };
  return {
    'f:status': {
      'f:conditions': Object.fromEntries(conditions.map((type) => [`k:{"type":"${type}"}`, condition])),
      ...fields('containerStatuses', 'hostIP', 'phase', 'podIP', 'startTime'),
      'f:podIPs': { '.': {}, 'k:{"ip":"10.1.0.1"}': { '.': {}, 'f:ip': {} } },
    },
  };
}
