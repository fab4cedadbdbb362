import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import { badRequest, invalid, refusal } from '../../../serving/failure-status.ts';
import { listText } from '../../../serving/list-text.ts';
import { Revision } from '../../../serving/revision.ts';
import { resourceWords } from '../../../serving/served-resource.ts';
import { type ApiReply, jsonReply, jsonTextReply } from './api-reply.ts';
import { answerApply, applyPatchType, withManagedFields } from './apply-verb.ts';
import type { ChangeOptions, Collection } from '../objects/collection.ts';
import { isJsonObject, type JsonObject } from '../objects/json-object.ts';
import { givenMetadata, metadataWithStatus, withStatus } from '../objects/object-rules.ts';
import { checkNamed } from '../objects/object-checks.ts';
import { applyPatch, checkPatchType } from '../patch/patch.ts';
import { scaled, scaleOf, type ScalePaths, scaleResource } from './scale.ts';
import { selectedObjects, type Targeted } from './read-verbs.ts';
import { readAs, readSent, warnOf } from './field-validation.ts';
import { deleteRequest, isDryRun } from './write-options.ts';

/** A request with what it has to say. */
export interface WriteRequest extends Targeted {
  readonly body: unknown;
  readonly contentType: string;
}

function objectBody({ body, collection }: WriteRequest): JsonObject {
  if (isJsonObject(body)) return body;
  const { resource } = collection;
  const text = `the object provided is unrecognized (must be of type ${resource.kind})`;
  throw refusal(resourceWords(resource), badRequest(text));
}

/** The stored metadata, of the version that is meant. */
function identityOf(content: JsonObject, current: JsonObject): JsonObject {
  const { name, namespace, uid, resourceVersion } = givenMetadata(content);
  const meant = Object.entries({ name, namespace, uid, resourceVersion }).filter(([, value]) => value !== undefined);
  return { ...givenMetadata(current), ...Object.fromEntries(meant) };
}

/** What a write may change: status through `/status`, the rest through the object itself. */
function writable(
  { resource, traits }: Collection,
  subresource: string | undefined,
  content: JsonObject,
  current: JsonObject,
): JsonObject {
  if (subresource === 'finalize') return { ...current, spec: content['spec'], metadata: identityOf(content, current) };
  if (subresource === undefined) return traits.hasStatus ? withStatus(content, current['status']) : content;
  const metadata = metadataWithStatus(resource, givenMetadata(content), givenMetadata(current));
  return { ...withStatus(current, content['status']), metadata };
}

/** Says of what is written to whom it belongs. */
function managerOf(write: WriteRequest): NonNullable<ChangeOptions['manage']> {
  return (before, after) => withManagedFields(write, before, after);
}

/** Answers a creation. */
export function answerCreate(write: WriteRequest): ApiReply {
  const { target, collection } = write;
  const { content, unknown } = readSent(write, objectBody(write));
  const written = collection.traits.hasStatus ? withStatus(content, undefined) : content;
  const dryRun = isDryRun(resourceWords(collection.resource), 'CreateOptions', write.request.query);
  const object = collection.create(target.namespace, written, { dryRun, manage: managerOf(write) });
  return warnOf(unknown, jsonReply(201, object), collection.warnings(object));
}

/** Answers a write of the number of replicas. */
function answerScale(write: WriteRequest, paths: ScalePaths, isPatch: boolean): ApiReply {
  const { target, collection, body, contentType } = write;
  const { resource } = collection;
  if (isPatch) checkPatchType(contentType, resource);
  const dryRun = isDryRun(resourceWords(resource), isPatch ? 'PatchOptions' : 'UpdateOptions', write.request.query);
  let unknown: readonly string[] = [];
  const object = collection.update(
    target.namespace,
    target.name ?? '',
    (current) => {
      const scale = scaleOf(current, paths) as unknown as KubernetesObject;
      const given = isPatch ? applyPatch(scale, body, contentType, scaleResource) : objectBody(write);
      const sent = readAs(write, given, scaleResource, isPatch ? 'patch' : 'object');
      ({ unknown } = sent);
      return scaled(current, sent.content, paths, collection);
    },
    { isPatched: true, dryRun, manage: managerOf(write) },
  );
  return warnOf(unknown, jsonReply(200, scaleOf(object, paths)));
}

/** Answers the replacement of an object, of its status, or of its scale. */
export function answerUpdate(write: WriteRequest): ApiReply {
  const { target, collection } = write;
  const { scale } = collection.traits;
  if (target.subresource === 'scale' && scale !== undefined) return answerScale(write, scale, false);
  const dryRun = isDryRun(resourceWords(collection.resource), 'UpdateOptions', write.request.query);
  checkNamed(collection.resource, givenMetadata(objectBody(write)), target.name ?? '');
  const { content, unknown } = readSent(write, objectBody(write));
  const object = collection.update(
    target.namespace,
    target.name ?? '',
    (current) => writable(collection, target.subresource, content, { ...current }),
    {
      requiresVersion: !collection.resource.builtIn,
      ofStatus: target.subresource === 'status',
      dryRun,
      manage: managerOf(write),
    },
  );
  return warnOf(unknown, jsonReply(200, object), collection.warnings(object));
}

/** @throws KubeError 422 where a patch other than an apply is forced. */
function checkNotForced({ request, collection }: WriteRequest): void {
  if (!request.query.has('force')) return;
  const message = 'Forbidden: may not be specified for non-apply patch';
  const fault = { reason: 'FieldValueForbidden', field: 'force', message } as const;
  throw refusal(resourceWords(collection.resource), invalid('PatchOptions.meta.k8s.io', '', [fault]));
}

/** Answers a patch of an object, of its status, or of its scale. */
export function answerPatch(write: WriteRequest): ApiReply {
  const { scale } = write.collection.traits;
  if (write.target.subresource === 'scale' && scale !== undefined) return answerScale(write, scale, true);
  const { target, collection, body, contentType } = write;
  const { resource } = collection;
  if (contentType === applyPatchType) return answerApply(write);
  checkPatchType(contentType, resource);
  checkNotForced(write);
  const dryRun = isDryRun(resourceWords(resource), 'PatchOptions', write.request.query);
  let unknown: readonly string[] = [];
  const object = collection.update(
    target.namespace,
    target.name ?? '',
    (current) => {
      const sent = readSent(write, applyPatch(current, body, contentType, resource), 'patch');
      ({ unknown } = sent);
      return writable(collection, target.subresource, sent.content, { ...current });
    },
    {
      requiresVersion: !resource.builtIn,
      isPatched: true,
      ofStatus: target.subresource === 'status',
      dryRun,
      manage: managerOf(write),
    },
  );
  return warnOf(unknown, jsonReply(200, object), collection.warnings(object));
}

/** Answers a deletion: with a Status where the object is gone, with the object where finalizers hold it. */
export function answerDelete(write: WriteRequest): ApiReply {
  const { target, collection } = write;
  const { group, plural, builtIn } = collection.resource;
  const { dryRun, ...options } = deleteRequest(resourceWords(collection.resource), write.body, write.request.query);
  const { object, gone } = collection.delete(target.namespace, target.name ?? '', options, { dryRun });
  if (!gone || (builtIn && plural === 'pods')) return jsonReply(200, object);
  const { name, uid } = object.metadata;
  const details = { name, ...(group !== '' && { group }), kind: plural, uid };
  return jsonReply(200, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details });
}

/** Answers the deletion of all that is selected, with the list of it. */
export function answerDeleteCollection(write: WriteRequest): ApiReply {
  const { collection } = write;
  const { dryRun, ...options } = deleteRequest(resourceWords(collection.resource), write.body, write.request.query);
  const revisions = selectedObjects(write).map(({ metadata: { namespace, name } }) => {
    const { object } = collection.delete(namespace, name, options, { dryRun });
    return new Revision(name, object, 0n);
  });
  return jsonTextReply(
    200,
    listText(collection.resource, { version: collection.cache.versions.current, revisions }, 'whole'),
  );
}
