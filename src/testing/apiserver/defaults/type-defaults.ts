import { isJsonObject, type JsonObject } from '../objects/json-object.ts';
import { type BuiltInField, builtInSchema } from '../types/built-in-schema.ts';
import { typeConstants } from './type-constants.ts';

type Struct = Record<string, unknown>;

function part(struct: JsonObject, name: string): Struct {
  const value = struct[name];
  return isJsonObject(value) ? value : {};
}

function listOf(struct: JsonObject, name: string): readonly Struct[] {
  const value = struct[name];
  return Array.isArray(value) ? (value as readonly Struct[]) : [];
}

function hasMembers(value: unknown): boolean {
  return isJsonObject(value) && Object.keys(value).length > 0;
}

/** The newest one is pulled always. */
function pullPolicy(struct: Struct): void {
  const image = typeof struct['image'] === 'string' ? struct['image'] : '';
  const name = image.slice(image.lastIndexOf('/') + 1);
  const isNewest = !name.includes('@') && (!name.includes(':') || name.endsWith(':latest'));
  struct['imagePullPolicy'] ??= isNewest ? 'Always' : 'IfNotPresent';
}

/** What is limited and not asked for is asked for. */
function requests(container: Struct): void {
  const resources = part(container, 'resources');
  if (isJsonObject(resources['limits']))
    resources['requests'] = { ...resources['limits'], ...part(resources, 'requests') };
}

function pod(struct: Struct): void {
  const spec = part(struct, 'spec');
  const containers = [...listOf(spec, 'containers'), ...listOf(spec, 'initContainers')];
  containers.forEach(requests);
  spec['enableServiceLinks'] ??= true;
  if (spec['hostNetwork'] !== true) return;
  for (const port of containers.flatMap((each) => listOf(each, 'ports'))) port['hostPort'] ??= port['containerPort'];
}

function service(struct: Struct): void {
  const { type } = struct;
  if (type === 'NodePort' || type === 'LoadBalancer') struct['externalTrafficPolicy'] ??= 'Cluster';
  if (type !== 'ExternalName') struct['internalTrafficPolicy'] ??= 'Cluster';
  if (type === 'LoadBalancer') struct['allocateLoadBalancerNodePorts'] ??= true;
  if (struct['sessionAffinity'] === 'ClientIP')
    struct['sessionAffinityConfig'] ??= { clientIP: { timeoutSeconds: 10_800 } };
}

function rolling(type: string, struct: Struct): void {
  if (struct['type'] === 'RollingUpdate') struct['rollingUpdate'] ??= { ...typeConstants[type] };
}

function job(struct: Struct): void {
  const spec = part(struct, 'spec');
  if (spec['parallelism'] === undefined) spec['completions'] ??= 1;
  spec['parallelism'] ??= 1;
  spec['backoffLimit'] ??= spec['backoffLimitPerIndex'] === undefined ? 6 : 2_147_483_647;
  spec['completionMode'] ??= 'NonIndexed';
  spec['suspend'] ??= false;
  spec['manualSelector'] ??= false;
  spec['podReplacementPolicy'] ??= spec['podFailurePolicy'] === undefined ? 'TerminatingOrFailed' : 'Failed';
  labelsOfTemplate(struct, spec);
}

/** An object without labels has those of its pods. */
function labelsOfTemplate(struct: Struct, spec: Struct): void {
  const { labels } = part(part(spec, 'template'), 'metadata');
  const metadata = part(struct, 'metadata');
  if (hasMembers(labels) && !hasMembers(metadata['labels'])) struct['metadata'] = { ...metadata, labels };
}

function replicationController(struct: Struct): void {
  const spec = part(struct, 'spec');
  const { labels } = part(part(spec, 'template'), 'metadata');
  if (hasMembers(labels) && !hasMembers(spec['selector'])) spec['selector'] = labels;
  labelsOfTemplate(struct, spec);
}

function limits(struct: Struct): void {
  if (struct['type'] !== 'Container') return;
  struct['default'] = { ...part(struct, 'max'), ...part(struct, 'default') };
  struct['defaultRequest'] = { ...part(struct, 'min'), ...part(struct, 'default'), ...part(struct, 'defaultRequest') };
  for (const name of ['default', 'defaultRequest']) if (!hasMembers(struct[name])) Reflect.deleteProperty(struct, name);
}

function claims(struct: Struct): void {
  for (const claim of listOf(struct, 'volumeClaimTemplates')) {
    claim['kind'] ??= 'PersistentVolumeClaim';
    claim['apiVersion'] ??= 'v1';
  }
}

const fills: Readonly<Record<string, (struct: Struct) => void>> = {
  'core.v1.Pod': pod,
  'core.v1.Container': pullPolicy,
  'core.v1.EphemeralContainer': pullPolicy,
  'core.v1.Volume': (struct) => {
    if (Object.keys(struct).length === 1) struct['emptyDir'] = {};
  },
  'core.v1.ServiceSpec': service,
  'core.v1.ServicePort': (struct) => {
    if (struct['targetPort'] === 0 || struct['targetPort'] === '') struct['targetPort'] = struct['port'];
  },
  'core.v1.NodeStatus': (struct) => {
    if (struct['capacity'] !== undefined) struct['allocatable'] ??= struct['capacity'];
  },
  'core.v1.ReplicationController': replicationController,
  'core.v1.LimitRangeItem': limits,
  'apps.v1.DeploymentStrategy': (struct) => rolling('apps.v1.RollingUpdateDeployment', struct),
  'apps.v1.StatefulSetUpdateStrategy': (struct) => rolling('apps.v1.RollingUpdateStatefulSetStrategy', struct),
  'apps.v1.DaemonSetUpdateStrategy': (struct) => rolling('apps.v1.RollingUpdateDaemonSet', struct),
  'apps.v1.StatefulSetSpec': claims,
  'batch.v1.Job': job,
  'networking.v1.NetworkPolicySpec': (struct) => {
    struct['policyTypes'] ??= ['Ingress', ...(listOf(struct, 'egress').length > 0 ? ['Egress'] : [])];
  },
  'rbac.v1.Subject': (struct) => {
    if (struct['kind'] === 'User' || struct['kind'] === 'Group') struct['apiGroup'] ??= 'rbac.authorization.k8s.io';
  },
};

const standards = new Map<string, readonly BuiltInField[]>();

/** The fields of a type for which the table of schemas has what stands for a missing one. */
function standardsOf(type: string): readonly BuiltInField[] {
  const known = standards.get(type) ?? builtInSchema(type).fields.filter(({ standard }) => standard !== undefined);
  standards.set(type, known);
  return known;
}

/** Fills in what a kube-apiserver fills in of a struct of a type, in the form that Go gives it. Changes it. */
export function fillDefaults(type: string, struct: Struct): void {
  for (const { name, standard, isPointer } of standardsOf(type)) {
    // What is zero is left out, but for pointers.
    if (isPointer || Boolean(standard)) struct[name] ??= standard;
  }
  for (const [name, value] of Object.entries(typeConstants[type] ?? {})) {
    const given = struct[name];
    if (given === undefined || (given === '' && value !== '')) struct[name] = structuredClone(value);
  }
  fills[type]?.(struct);
}
