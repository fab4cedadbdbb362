import { badRequest, refusal } from '../../serving/failure-status.ts';
import { listText } from '../../serving/list-text.ts';
import { Revision } from '../../serving/revision.ts';
import { resourceWords } from '../../serving/served-resource.ts';
import { type ApiReply, jsonReply, jsonTextReply } from './api-reply.ts';
import type { Collection, DeleteOptions } from './collection.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { givenMetadata, withStatus } from './object-rules.ts';
import { checkNamed } from './object-checks.ts';
import { applyPatch, checkPatchType } from './patch.ts';
import { selectedObjects, type Targeted } from './read-verbs.ts';

/** A request with what it has to say. */
export interface WriteRequest extends Targeted {
  readonly body: unknown;
  readonly contentType: string;
}

function isDryRun({ request }: Targeted): boolean {
  return request.query.get('dryRun') === 'All';
}

function objectBody({ body, collection }: WriteRequest): JsonObject {
  if (isJsonObject(body)) return body;
  const { resource } = collection;
  const text = `the object provided is unrecognized (must be of type ${resource.kind})`;
  throw refusal(resourceWords(resource), badRequest(text));
}

/** What a write may change: status through `/status`, the rest through the object itself. */
function writable(
  { traits }: Collection,
  subresource: string | undefined,
  content: JsonObject,
  current: JsonObject,
): JsonObject {
  if (subresource === undefined) return traits.hasStatus ? withStatus(content, current['status']) : content;
  const { name, namespace, uid, resourceVersion } = givenMetadata(content);
  const identity = Object.entries({ name, namespace, uid, resourceVersion }).filter(([, value]) => value !== undefined);
  const { resourceVersion: _version, ...metadata } = givenMetadata(current);
  return { ...withStatus(current, content['status']), metadata: { ...metadata, ...Object.fromEntries(identity) } };
}

/** Answers a creation. */
export function answerCreate(write: WriteRequest): ApiReply {
  const { target, collection } = write;
  const content = objectBody(write);
  const accepted = collection.traits.hasStatus ? withStatus(content, undefined) : content;
  return jsonReply(201, collection.create(target.namespace, accepted, { dryRun: isDryRun(write) }));
}

/** Answers the replacement of an object, or of its status. */
export function answerUpdate(write: WriteRequest): ApiReply {
  const { target, collection } = write;
  const content = objectBody(write);
  checkNamed(collection.resource, givenMetadata(content), target.name ?? '');
  const object = collection.update(
    target.namespace,
    target.name ?? '',
    (current) => writable(collection, target.subresource, content, { ...current }),
    { requiresVersion: !collection.resource.builtIn, dryRun: isDryRun(write) },
  );
  return jsonReply(200, object);
}

/** Answers a patch of an object, or of its status. */
export function answerPatch(write: WriteRequest): ApiReply {
  const { target, collection, body, contentType } = write;
  const { builtIn } = collection.resource;
  const patchTarget = { resource: resourceWords(collection.resource), builtIn };
  checkPatchType(contentType, patchTarget);
  const object = collection.update(
    target.namespace,
    target.name ?? '',
    (current) => {
      const patched = applyPatch(current, body, contentType, patchTarget);
      return writable(collection, target.subresource, patched, { ...current });
    },
    { dryRun: isDryRun(write) },
  );
  return jsonReply(200, object);
}

function deleteOptions({ body, request }: WriteRequest): DeleteOptions {
  const given = isJsonObject(body) ? body : {};
  const policy = given['propagationPolicy'] ?? request.query.get('propagationPolicy');
  return {
    ...(isJsonObject(given['preconditions']) && { preconditions: given['preconditions'] }),
    ...(typeof policy === 'string' && { propagationPolicy: policy }),
  };
}

/** Answers a deletion: with a Status where the object is gone, with the object where finalizers hold it. */
export function answerDelete(write: WriteRequest): ApiReply {
  const { target, collection } = write;
  const { group, plural, builtIn } = collection.resource;
  const dryRun = isDryRun(write);
  const { object, gone } = collection.delete(target.namespace, target.name ?? '', deleteOptions(write), { dryRun });
  if (!gone || (builtIn && plural === 'pods')) return jsonReply(200, object);
  const { name, uid } = object.metadata;
  const details = { name, ...(group !== '' && { group }), kind: plural, uid };
  return jsonReply(200, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details });
}

/** Answers the deletion of all that is selected, with the list of it. */
export function answerDeleteCollection(write: WriteRequest): ApiReply {
  const { collection } = write;
  const options = deleteOptions(write);
  const change = { dryRun: isDryRun(write) };
  const revisions = selectedObjects(write).map(({ metadata: { namespace, name } }) => {
    const { object } = collection.delete(namespace, name, options, change);
    return new Revision(name, object, 0n);
  });
  return jsonTextReply(
    200,
    listText(collection.resource, { version: collection.cache.versions.current, revisions }, 'whole'),
  );
}
