import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type JsonObject } from '../objects/json-object.ts';

/** What is made up for a new object. */
export interface NewObject {
  readonly name: string;
  readonly uid: () => string;
  readonly timestamp: () => string;
  /** 0 to 1. */
  readonly random: () => number;
  /** Whether no other object has such a value: an address, or a port of nodes. */
  readonly isFree: (value: string | number) => boolean;
}

function part(struct: JsonObject, name: string): JsonObject {
  const value = struct[name];
  return isJsonObject(value) ? value : {};
}

function listOf(struct: JsonObject, name: string): readonly JsonObject[] {
  const value = struct[name];
  return Array.isArray(value) ? (value as readonly JsonObject[]) : [];
}

const counted = ['cpu', 'memory'];

/** By what its containers ask for, and may have. Source: kubernetes `pkg/apis/core/v1/helper/qos`. */
function qosClass(spec: JsonObject): string {
  const resources = [...listOf(spec, 'containers'), ...listOf(spec, 'initContainers')].map((each) =>
    part(each, 'resources'),
  );
  const has = (values: JsonObject, name: string): boolean => !['0', undefined].includes(values[name] as string);
  const isNothing = resources.every((each) =>
    counted.every((name) => !has(part(each, 'limits'), name) && !has(part(each, 'requests'), name)),
  );
  if (isNothing) return 'BestEffort';
  const isLimited = resources.every((each) =>
    counted.every((name) => {
      const [limit, request] = [part(each, 'limits')[name], part(each, 'requests')[name]];
      return has(part(each, 'limits'), name) && (request === undefined || request === limit);
    }),
  );
  return isLimited ? 'Guaranteed' : 'Burstable';
}

/** What each pod bears for five minutes. Source: kubernetes `plugin/pkg/admission/defaulttolerationseconds`. */
const borne = ['not-ready', 'unreachable'].map((name) => `node.kubernetes.io/${name}`);

function tolerations(spec: JsonObject): readonly JsonObject[] {
  const given = listOf(spec, 'tolerations');
  const isBorne = (key: string): boolean =>
    given.some(
      ({ key: own = '', effect = '' }) => (own === key || own === '') && (effect === 'NoExecute' || effect === ''),
    );
  const added = borne
    .filter((key) => !isBorne(key))
    .map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }));
  return [...given, ...added];
}

function newPod(content: JsonObject): JsonObject {
  const spec = part(content, 'spec');
  const priority = spec['priorityClassName'] === undefined && {
    priority: spec['priority'] ?? 0,
    preemptionPolicy: spec['preemptionPolicy'] ?? 'PreemptLowerPriority',
  };
  return {
    ...content,
    spec: { ...spec, tolerations: tolerations(spec), ...priority },
    status: { phase: 'Pending', qosClass: qosClass(spec) },
  };
}

/** How often an address is looked for. After that, two services may have the same one. */
const tries = 1000;

function free<T extends string | number>(make: () => T, isFree: (value: T) => boolean): T {
  let value = make();
  for (let count = 0; count < tries && !isFree(value); count++) value = make();
  return value;
}

function families(spec: JsonObject): JsonObject {
  const isDual = spec['clusterIP'] === 'None' && Object.keys(part(spec, 'selector')).length === 0;
  return {
    ipFamilies: spec['ipFamilies'] ?? (isDual ? ['IPv4', 'IPv6'] : ['IPv4']),
    ipFamilyPolicy: spec['ipFamilyPolicy'] ?? (isDual ? 'RequireDualStack' : 'SingleStack'),
  };
}

function newService(content: JsonObject, { random, isFree }: NewObject): JsonObject {
  const spec = part(content, 'spec');
  if (spec['type'] === 'ExternalName') return content;
  const one = (size: number): number => Math.floor(random() * size);
  const address = spec['clusterIP'] ?? free(() => `10.0.${one(256)}.${1 + one(254)}`, isFree);
  const isOpen = spec['type'] === 'NodePort' || spec['allocateLoadBalancerNodePorts'] === true;
  const ports = listOf(spec, 'ports').map((port) =>
    isOpen ? { ...port, nodePort: port['nodePort'] ?? free(() => 30_000 + one(2768), isFree) } : port,
  );
  const addresses = spec['clusterIPs'] ?? [address];
  return {
    ...content,
    spec: { ...spec, ...(ports.length > 0 && { ports }), clusterIP: address, clusterIPs: addresses, ...families(spec) },
  };
}

/** Its pods are known by labels of its own. Source: kubernetes `pkg/registry/batch/job/strategy.go`. */
function newJob(content: JsonObject, { name, uid }: NewObject): JsonObject {
  const spec = part(content, 'spec');
  if (spec['manualSelector'] === true) return content;
  const id = uid();
  const own = {
    'batch.kubernetes.io/controller-uid': id,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': id,
    'job-name': name,
  };
  const template = part(spec, 'template');
  const metadata = part(template, 'metadata');
  const labels = { ...part(metadata, 'labels'), ...own };
  const given = part(content, 'metadata');
  // The object shares the labels of its pods where it has none of its own.
  const isShared = isDeepStrictEqual(part(given, 'labels'), part(metadata, 'labels'));
  const isBare = Object.keys(part(given, 'labels')).length === 0;
  return {
    ...content,
    ...((isShared || isBare) && { metadata: { ...given, labels } }),
    spec: {
      ...spec,
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': id } },
      template: { ...template, metadata: { ...metadata, labels } },
    },
  };
}

const templateGeneration = 'deprecated.daemonset.template.generation';

function ofTemplateGeneration(content: JsonObject, generation: string): JsonObject {
  const metadata = part(content, 'metadata');
  const annotations = { ...part(metadata, 'annotations'), [templateGeneration]: generation };
  return { ...content, metadata: { ...metadata, annotations } };
}

const notReady = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };

function newNode(content: JsonObject): JsonObject {
  const spec = part(content, 'spec');
  const taints = listOf(spec, 'taints');
  const isTainted = taints.some(({ key, effect }) => key === notReady.key && effect === notReady.effect);
  return isTainted ? content : { ...content, spec: { ...spec, taints: [...taints, notReady] } };
}

/** What new objects of a resource are stored as, beside the defaults of their types. Source: strategies and admission plugins. */
export const createdObjects: Readonly<Record<string, (content: JsonObject, made: NewObject) => JsonObject>> = {
  'v1/pods': newPod,
  'v1/services': newService,
  'v1/nodes': newNode,
  'v1/persistentvolumes': (content, { timestamp }) => ({
    ...content,
    status: { ...part(content, 'status'), lastPhaseTransitionTime: timestamp() },
  }),
  'v1/namespaces': (content, { name }) => {
    const metadata = part(content, 'metadata');
    const labels = { ...part(metadata, 'labels'), 'kubernetes.io/metadata.name': name };
    const finalizers = [...new Set([...((part(content, 'spec')['finalizers'] ?? []) as string[]), 'kubernetes'])];
    return { ...content, metadata: { ...metadata, labels }, spec: { ...part(content, 'spec'), finalizers } };
  },
  'batch/v1/jobs': newJob,
  'apps/v1/daemonsets': (content) => ofTemplateGeneration(content, '1'),
};

/** A service that is written without what it was given keeps it. Source: kubernetes `pkg/registry/core/service/storage`. */
function changedService(content: JsonObject, current: JsonObject): JsonObject {
  const [spec, stored] = [part(content, 'spec'), part(current, 'spec')];
  if (spec['type'] === 'ExternalName') return content;
  const ports = listOf(spec, 'ports').map((port) => {
    const same = listOf(stored, 'ports').find(
      (each) => each['port'] === port['port'] && each['protocol'] === port['protocol'],
    );
    const isOpen = spec['type'] === 'NodePort' || spec['type'] === 'LoadBalancer';
    return isOpen && same?.['nodePort'] !== undefined ? { nodePort: same['nodePort'], ...port } : port;
  });
  const kept = Object.fromEntries(
    ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy']
      .filter((name) => stored[name] !== undefined)
      .map((name) => [name, stored[name]]),
  );
  return { ...content, spec: { ...kept, ...spec, ...(ports.length > 0 && { ports }) } };
}

/** It counts how often its template was changed. Source: kubernetes `pkg/registry/apps/daemonset/strategy.go`. */
function changedDaemonSet(content: JsonObject, current: JsonObject): JsonObject {
  const stored = part(part(current, 'metadata'), 'annotations')[templateGeneration];
  const generation = typeof stored === 'string' && /^\d{1,15}$/.test(stored) ? Number(stored) : 1;
  const isSame = isDeepStrictEqual(part(content, 'spec')['template'], part(current, 'spec')['template']);
  return ofTemplateGeneration(content, String(isSame ? generation : generation + 1));
}

/** What objects of a resource are stored as that were there before. */
export const changedObjects: Readonly<Record<string, (content: JsonObject, current: JsonObject) => JsonObject>> = {
  'v1/services': changedService,
  'apps/v1/daemonsets': changedDaemonSet,
};
