import { badRequest, failureStatus, invalid, refusal } from '../../../serving/failure-status.ts';
import { apiVersionOf, resourceWords } from '../../../serving/served-resource.ts';
import { applied, createdFields, isManaged, type Manager, updatedFields } from '../apply/managed-fields.ts';
import { typeErrors } from '../apply/type-errors.ts';
import { DecodeFault } from '../objects/decoded-object.ts';
import { isJsonObject, type JsonObject } from '../objects/json-object.ts';
import { givenMetadata } from '../objects/object-rules.ts';
import { builtInKind } from '../types/built-in-schema.ts';
import { readBuiltIn } from '../types/read-built-in.ts';
import { type ApiReply, jsonReply } from './api-reply.ts';
import type { WriteRequest } from './write-verbs.ts';
import { conflict } from './refusals.ts';
import { withWarnings } from './warning-header.ts';
import { isDryRun } from './write-options.ts';

/** The type of the body of an apply. */
export const applyPatchType = 'application/apply-patch+yaml';

/** Who writes: as the request says, or as its program is called. Source: apiserver `endpoints/handlers/create.go`. */
function managerOf({ request, target, collection }: WriteRequest, operation: Manager['operation']): Manager {
  const { query, headers } = request;
  const program = (headers['user-agent'] ?? '').split('/')[0]?.slice(0, 128) ?? '';
  return {
    name: query.get('fieldManager') || program || 'unknown',
    operation,
    apiVersion: apiVersionOf(collection.resource),
    subresource: target.subresource ?? '',
  };
}

/**
 * What a write other than an apply stores: with what belongs to whom, where the server keeps that of all objects, or where this
 * one was applied before.
 */
export function withManagedFields(write: WriteRequest, before: JsonObject | undefined, after: JsonObject): JsonObject {
  const { collection } = write;
  if (!collection.traits.managesFields && (before === undefined || !isManaged(before))) return after;
  const options = { time: collection.timestamp(), type: collection.traits.type };
  const manager = managerOf(write, 'Update');
  return before === undefined ? createdFields(after, manager, options) : updatedFields(before, after, manager, options);
}

function refuseBad(write: WriteRequest, message: string): never {
  throw refusal(resourceWords(write.collection.resource), badRequest(message));
}

/** @throws KubeError 500 for a configuration that is not of its type. Source: managedfields `internal/structuredmerge.go`. */
function checkTyped({ collection }: WriteRequest, config: JsonObject): void {
  const { resource, traits } = collection;
  const { kind: _kind, apiVersion: _apiVersion, ...parts } = config;
  const errors = typeErrors(parts, traits.type);
  const { name, namespace } = givenMetadata(config);
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const type = `${resource.group}/${resource.version}, Kind=${resource.kind}`;
  const what = `(${text(namespace)}/${text(name)}; ${type})`;
  const refuse = (message: string): never => {
    throw refusal(resourceWords(resource), failureStatus(500, undefined, message));
  };
  if (errors.length > 0) {
    const why = errors.length === 1 ? errors.join() : ['errors:', ...errors.map((each) => `  ${each}`)].join('\n');
    refuse(`failed to create typed patch object ${what}: ${why}`);
  }
  const schema = resource.builtIn ? builtInKind(apiVersionOf(resource), resource.kind) : undefined;
  try {
    if (schema !== undefined) readBuiltIn(config, schema);
  } catch (error) {
    if (!(error instanceof DecodeFault)) throw error;
    const why = `unable to convert unstructured object to ${type}: ${error.message}`;
    refuse(`failed to convert new object ${what} to proper version: ${why}`);
  }
}

function checked(write: WriteRequest): JsonObject {
  const { body, collection, request } = write;
  const { resource } = collection;
  if ((request.query.get('fieldManager') ?? '') === '') {
    const message = 'Required value: is required for apply patch';
    const fault = { reason: 'FieldValueRequired', field: 'fieldManager', message } as const;
    throw refusal(resourceWords(resource), invalid('PatchOptions.meta.k8s.io', '', [fault]));
  }
  if (!isJsonObject(body)) return refuseBad(write, 'error decoding YAML: the configuration is not an object');
  const { kind, apiVersion } = body;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    const group = typeof apiVersion === 'string' ? apiVersion : '/';
    return refuseBad(write, `invalid object type: ${group}, Kind=${typeof kind === 'string' ? kind : ''}`);
  }
  if (givenMetadata(body)['managedFields'] !== undefined) refuseBad(write, 'metadata.managedFields must be nil');
  checkTyped(write, body);
  return body;
}

function mayWrite({ target, collection }: WriteRequest): (member: string) => boolean {
  if (target.subresource === 'status') return (member) => member === 'status';
  return (member) => member !== 'status' || !collection.traits.hasStatus;
}

function result(write: WriteRequest, current: JsonObject | undefined, config: JsonObject): JsonObject {
  const { collection, request } = write;
  const force = request.query.get('force');
  const outcome = applied(current, config, {
    manager: managerOf(write, 'Apply'),
    force: force !== null && force !== 'false' && force !== '0',
    time: collection.timestamp(),
    type: collection.traits.type,
    mayWrite: mayWrite(write),
  });
  if ('conflict' in outcome) throw refusal(resourceWords(collection.resource), outcome.conflict);
  return outcome.object;
}

/** Answers an apply: with the object that there is then, new or not. */
export function answerApply(write: WriteRequest): ApiReply {
  const { target, collection } = write;
  const { namespace, subresource, name = '' } = target;
  const { resource } = collection;
  const config = checked(write);
  const dryRun = isDryRun(resourceWords(resource), 'PatchOptions', write.request.query);
  const metadata = { ...givenMetadata(config), name: givenMetadata(config)['name'] ?? name };
  const named = { ...config, metadata };
  if (subresource === undefined && !collection.has(namespace, name)) {
    const { uid } = metadata as { readonly uid?: unknown };
    if (typeof uid === 'string' && uid !== '') {
      const cause = `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`;
      throw refusal(resourceWords(resource), conflict(resource, name, cause));
    }
    if (metadata.name !== name) {
      refuseBad(
        write,
        `the name of the object (${typeof metadata.name === 'string' ? metadata.name : typeof metadata.name}) does not match the name on the URL (${name})`,
      );
    }
    // Which version is meant of what is not there yet is not looked at.
    const { resourceVersion: _version, ...identity } = metadata as JsonObject;
    const created = result(write, undefined, { ...named, metadata: identity });
    const object = collection.create(namespace, created, { dryRun, isApplied: true });
    return withWarnings(collection.warnings(object), jsonReply(201, object));
  }
  const object = collection.update(namespace, name, (current) => result(write, { ...current }, named), {
    isPatched: true,
    isApplied: true,
    ofStatus: subresource === 'status',
    dryRun,
  });
  return withWarnings(collection.warnings(object), jsonReply(200, object));
}
