import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import { badRequest, invalid, refusal } from '../../../serving/failure-status.ts';
import { metadataFields, resourceWords, type ServedResource } from '../../../serving/served-resource.ts';
import type { Collection } from '../objects/collection.ts';
import { isJsonObject, type JsonObject } from '../objects/json-object.ts';
import { givenMetadata } from '../objects/object-rules.ts';

/** Where an object has what its scale tells: paths of names, `['spec', 'replicas']`. */
export interface ScalePaths {
  readonly specReplicas: readonly string[];
  readonly statusReplicas: readonly string[];
  /** A selector, or the text of one. */
  readonly selector?: readonly string[];
}

/** Of what is built in. */
export const builtInScale: ScalePaths = {
  specReplicas: ['spec', 'replicas'],
  statusReplicas: ['status', 'replicas'],
  selector: ['spec', 'selector'],
};

/** How a Scale itself is read and printed. */
export const scaleResource: ServedResource = {
  group: 'autoscaling',
  version: 'v1',
  plural: 'scales',
  kind: 'Scale',
  builtIn: true,
  fields: metadataFields,
};

function valueAt(object: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isJsonObject(value) ? value[name] : undefined), object);
}

function withValueAt(object: JsonObject, [name = '', ...rest]: readonly string[], value: unknown): JsonObject {
  if (rest.length === 0) return { ...object, [name]: value };
  const inner = object[name];
  return { ...object, [name]: withValueAt(isJsonObject(inner) ? inner : {}, rest, value) };
}

const operators: Readonly<Record<string, string>> = { In: 'in', NotIn: 'notin' };

function requirement({ key, operator, values }: JsonObject): string {
  const name = String(key);
  if (operator === 'Exists') return name;
  if (operator === 'DoesNotExist') return `!${name}`;
  const named = Array.isArray(values) ? values.map(String).sort().join(',') : '';
  return `${name} ${operators[String(operator)] ?? 'in'} (${named})`;
}

/** A selector as clients send it: `a=b,c in (d,e)`. Of a ReplicationController it is a map of labels alone. */
function selectorText(selector: unknown): string {
  if (typeof selector === 'string') return selector;
  if (!isJsonObject(selector)) return '';
  const { matchLabels, matchExpressions } = selector;
  const isMap = matchLabels === undefined && matchExpressions === undefined;
  const labels = isMap ? selector : isJsonObject(matchLabels) ? matchLabels : {};
  const expressions = Array.isArray(matchExpressions) ? matchExpressions.filter(isJsonObject) : [];
  return [
    ...Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`),
    ...expressions.map(requirement),
  ].join(',');
}

function replicasAt(object: KubernetesObject, path: readonly string[]): number {
  const value = valueAt(object, path);
  return typeof value === 'number' ? value : 0;
}

/** The Scale of an object. */
export function scaleOf(object: KubernetesObject, { specReplicas, statusReplicas, selector }: ScalePaths): JsonObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const text = selector === undefined ? '' : selectorText(valueAt(object, selector));
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, ...(namespace !== undefined && { namespace }), uid, resourceVersion, creationTimestamp },
    spec: { replicas: replicasAt(object, specReplicas) },
    status: { replicas: replicasAt(object, statusReplicas), ...(text !== '' && { selector: text }) },
  };
}

/**
 * The object that a Scale makes of another: with its number of replicas, under the version that it names.
 *
 * @throws KubeError 400 for a Scale without a number, 422 for a negative one.
 */
export function scaled(
  current: KubernetesObject,
  scale: JsonObject,
  { specReplicas }: ScalePaths,
  { resource }: Collection,
): JsonObject {
  const replicas = valueAt(scale, ['spec', 'replicas']) ?? 0;
  const words = resourceWords(resource);
  const { name, resourceVersion: stored } = current.metadata;
  if (typeof replicas !== 'number' || !Number.isInteger(replicas)) {
    throw refusal(words, badRequest('json: Scale.spec.replicas is not an int32'));
  }
  if (replicas < 0) {
    const message = `Invalid value: ${replicas}: must be greater than or equal to 0`;
    const fault = { reason: 'FieldValueInvalid', field: 'spec.replicas', message } as const;
    throw refusal(words, invalid('Scale.autoscaling', name, [fault]));
  }
  const given = givenMetadata(scale);
  const version = given['resourceVersion'];
  const metadata = {
    ...current.metadata,
    resourceVersion: version === undefined || version === '' ? stored : version,
    ...(given['name'] !== undefined && { name: given['name'] }),
  };
  return withValueAt({ ...current, metadata }, specReplicas, replicas);
}
