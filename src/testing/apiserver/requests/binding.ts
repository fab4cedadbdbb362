import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import { badRequest, failureStatus, refusal } from '../../../serving/failure-status.ts';
import type { Collection } from '../objects/collection.ts';
import { isJsonObject, type JsonObject } from '../objects/json-object.ts';
import { givenMetadata } from '../objects/object-rules.ts';
import { type ApiReply, jsonReply } from './api-reply.ts';
import type { ApiRequest } from './api-request.ts';
import { conflict } from './refusals.ts';
import type { ResourcePath } from './resource-path.ts';
import { isDryRun } from './write-options.ts';

/** Whose objects a binding changes. */
export const pods = { group: '', version: 'v1', plural: 'pods' };

const words = 'v1/pods';

/** Whether a request binds a pod to a node: as a resource of its own, or as a part of the pod. */
export function isBinding({ group, version, plural, subresource }: ResourcePath): boolean {
  if (group !== '' || version !== 'v1') return false;
  return plural === 'bindings' || (plural === 'pods' && subresource === 'binding');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Source: kubernetes `pkg/apis/core/validation/validation.go`, ValidatePodBinding. */
function targetFault({ kind, name }: JsonObject): string | undefined {
  const faults = [
    ...(text(kind) === '' || kind === 'Node'
      ? []
      : [`target.kind: Unsupported value: ${JSON.stringify(kind)}: supported values: "Node", "<empty>"`]),
    ...(text(name) === '' ? ['target.name: Required value'] : []),
  ];
  return faults.length > 1 ? `[${faults.join(', ')}]` : faults[0];
}

function withCondition(conditions: unknown, time: string): readonly unknown[] {
  const all = Array.isArray(conditions) ? (conditions as unknown[]) : [];
  const others = all.filter((each) => !isJsonObject(each) || each['type'] !== 'PodScheduled');
  return [...others, { type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime: time }];
}

function refuseBinding(pod: string, why: string): never {
  throw refusal(words, conflict({ group: '', plural: 'pods/binding' }, pod, why));
}

/** The pod on its node. Source: kubernetes `pkg/registry/core/pod/storage/storage.go`, setPodNodeAndMetadata. */
function boundPod(current: KubernetesObject, binding: JsonObject, node: string, time: string): JsonObject {
  const { metadata, ...parts } = current;
  const { spec = {}, status = {} } = parts as { readonly spec?: JsonObject; readonly status?: JsonObject };
  const { name, deletionTimestamp } = metadata;
  if (deletionTimestamp !== undefined)
    refuseBinding(name, `pod ${name} is being deleted, cannot be assigned to a host`);
  const { nodeName, schedulingGates } = spec;
  if (text(nodeName) !== '') {
    refuseBinding(name, `pod ${name} is already assigned to node ${JSON.stringify(nodeName)}`);
  }
  if (Array.isArray(schedulingGates) && schedulingGates.length > 0) {
    refuseBinding(name, `pod ${name} has non-empty .spec.schedulingGates`);
  }
  const { uid, resourceVersion, annotations, labels } = givenMetadata(binding);
  for (const [what, given, stored] of [
    ['UID', uid, metadata.uid],
    ['ResourceVersion', resourceVersion, metadata.resourceVersion],
  ] as const) {
    if (text(given) === '' || given === stored) continue;
    const why = `Precondition failed: ${what} in precondition: ${text(given)}, ${what} in object meta: ${stored ?? ''}`;
    refuseBinding(name, why);
  }
  return {
    ...current,
    metadata: {
      ...metadata,
      ...(isJsonObject(annotations) && { annotations: { ...metadata.annotations, ...annotations } }),
      ...(isJsonObject(labels) && { labels: { ...metadata.labels, ...labels } }),
    },
    spec: { ...spec, nodeName: node },
    status: { ...status, conditions: withCondition(status['conditions'], time) },
  };
}

/** Answers what a scheduler asks for: that a pod be on a node from now on. */
export function answerBinding(
  request: ApiRequest,
  target: ResourcePath,
  collection: Collection,
  body: unknown,
): ApiReply {
  if (!isJsonObject(body)) {
    throw refusal(words, badRequest('the object provided is unrecognized (must be of type Binding)'));
  }
  const dryRun = isDryRun(words, 'CreateOptions', request.query);
  const name = text(givenMetadata(body)['name']);
  if (target.name !== undefined && target.name !== name) {
    throw refusal(words, badRequest('name in URL does not match name in Binding object'));
  }
  const node = isJsonObject(body['target']) ? body['target'] : {};
  const fault = targetFault(node);
  if (fault !== undefined) throw refusal(words, failureStatus(500, undefined, fault));
  collection.update(
    target.namespace,
    name,
    (current) => boundPod(current, body, text(node['name']), collection.timestamp()),
    { isPatched: true, ofStatus: true, dryRun },
  );
  return jsonReply(201, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 });
}
