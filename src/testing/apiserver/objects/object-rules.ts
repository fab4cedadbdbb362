import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import { apiVersionOf, type ServedResource } from '../../../serving/served-resource.ts';
import { isJsonObject, type JsonObject, setOwn } from './json-object.ts';

/** Metadata that the server alone writes. */
export interface SystemMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid: string;
  /** Absent of an object that is not stored: of a dry run that would create it. */
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp: string;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
}

const systemFields: ReadonlySet<string> = new Set([
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'selfLink',
]);

/** The metadata of an object as it came, of unknown content; empty where there is none. */
export function givenMetadata(object: JsonObject): JsonObject {
  return isJsonObject(object['metadata']) ? object['metadata'] : {};
}

/** What the server has written into the metadata of a stored object. */
export function systemMetadata({ metadata }: KubernetesObject): SystemMetadata {
  const entries = Object.entries(metadata).filter(([key]) => systemFields.has(key) && key !== 'selfLink');
  return Object.fromEntries(entries) as unknown as SystemMetadata;
}

/**
 * The object as it is stored: content as it came, system metadata from the server, kind and apiVersion first, in the
 * order in which the resource is printed.
 */
export function storedObject(resource: ServedResource, content: JsonObject, system: SystemMetadata): KubernetesObject {
  const { kind: givenKind, apiVersion: _apiVersion, metadata: _metadata, ...parts } = content;
  const apiVersion = apiVersionOf(resource);
  const kind = resource.builtIn || typeof givenKind !== 'string' ? resource.kind : givenKind;
  const given = givenMetadata(content);
  const metadata: SystemMetadata & Record<string, unknown> = { ...system };
  for (const key of Object.keys(given)) if (!systemFields.has(key)) setOwn(metadata, key, given[key]);
  return resource.builtIn ? { kind, apiVersion, metadata, ...parts } : { apiVersion, kind, metadata, ...parts };
}

function withoutParts(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/**
 * Whether a change of the object itself counts for `metadata.generation`: of the spec, and of a Deployment's annotations;
 * of a custom resource, of all but its metadata and status.
 */
export function changesGeneration(before: JsonObject, after: JsonObject, { builtIn, kind }: ServedResource): boolean {
  if (builtIn) {
    const annotations = [before, after].map((object) => givenMetadata(object)['annotations']);
    const isAnnotated = kind === 'Deployment' && !isDeepStrictEqual(annotations[0], annotations[1]);
    return isAnnotated || !isDeepStrictEqual(before['spec'], after['spec']);
  }
  const parts = ['metadata', 'status'];
  return !isDeepStrictEqual(withoutParts(before, parts), withoutParts(after, parts));
}

/** The object with another status, or without one: how a write to the object itself treats status. */
export function withStatus(object: JsonObject, status: unknown): JsonObject {
  return { ...withoutParts(object, ['status']), ...(status !== undefined && status !== null && { status }) };
}

/** Metadata that a write to the status of a built-in resource leaves as it is. Source: kubernetes `pkg/registry`. */
const keptWithStatus: Readonly<Record<string, string>> = { Deployment: 'labels', Pod: 'ownerReferences' };

/** Metadata that say which object is meant, and which version of it. */
const identityFields = ['name', 'namespace', 'uid', 'resourceVersion'];

/** The metadata that a write to `/status` leads to: those of a built-in resource are written with it. */
export function metadataWithStatus(
  { builtIn, kind }: ServedResource,
  given: JsonObject,
  current: JsonObject,
): JsonObject {
  const identity = Object.fromEntries(Object.entries(given).filter(([key]) => identityFields.includes(key)));
  const kept = withoutParts(current, ['resourceVersion']);
  if (!builtIn) return { ...kept, ...identity };
  const field = keptWithStatus[kind];
  if (field === undefined) return given;
  return { ...withoutParts(given, [field]), ...(field in current && { [field]: current[field] }) };
}
