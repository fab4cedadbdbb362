import { catchError, defer, map, type Observable, of } from 'rxjs';
import { KubeError } from '../../../protocol/errors/kube-error.ts';
import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import { failureStatus } from '../../../serving/failure-status.ts';
import { apiVersionOf, resourceWords } from '../../../serving/served-resource.ts';
import { type ApiReply, plainReply, statusReply, type TextReply } from './api-reply.ts';
import type { ApiRequest, Verb } from './api-request.ts';
import { answerDiscovery } from '../discovery/answer-discovery.ts';
import type { Definition } from '../definitions/definition.ts';
import type { ApiResource } from '../discovery/api-resource.ts';
import { isBuiltInGroup } from '../discovery/catalog.ts';
import type { JsonObject } from '../objects/json-object.ts';
import { answerBinding, isBinding, pods } from './binding.ts';
import type { ResourcePath } from './resource-path.ts';
import type { Collections } from '../objects/collections.ts';
import { answerGet, answerList, answerWatch, type ReadOptions, type Targeted } from './read-verbs.ts';
import { methodNotAllowed, notImplemented, resourceNotFound } from './refusals.ts';
import { type BodyForms, type BodyText, contentType, jsonBody } from './request-body.ts';
import { answerCreate, answerDelete, answerDeleteCollection, answerPatch, answerUpdate } from './write-verbs.ts';

const writes = {
  create: answerCreate,
  update: answerUpdate,
  patch: answerPatch,
  delete: answerDelete,
  deletecollection: answerDeleteCollection,
} as const;

const definitions = { group: 'apiextensions.k8s.io', version: 'v1', plural: 'customresourcedefinitions' };

type Named = Pick<ApiResource, 'group' | 'plural'>;

/** The subresources that are served. */
const parts = new Set(['status', 'scale', 'finalize']);

function isOfBuiltInGroup(path: string): boolean {
  const [root, group = ''] = path.split('/').slice(1);
  return root === 'api' || (root === 'apis' && isBuiltInGroup(group));
}

/** Why a request is not for a collection, as the server says it; `undefined` where it may be answered. */
function refusalOf({ path, target, verb }: ApiRequest, { catalog }: Collections): ApiReply | undefined {
  // Who serves custom resources does not know the others, and leaves it to the last one who is asked.
  const unknown = (): ApiReply =>
    isOfBuiltInGroup(path) ? statusReply(resourceNotFound()) : plainReply(404, '404 page not found');
  if (target === undefined) return unknown();
  const served = catalog.get(target);
  if (served === undefined) return unknown();
  const { namespace, name, subresource } = target;
  const isRead = verb === 'list' || verb === 'watch';
  if (served.namespaced ? namespace === undefined && name !== undefined : namespace !== undefined) return unknown();
  const isElsewhere = served.namespaced && namespace === undefined && !isRead;
  // What is only created, and never stored, has no path of all namespaces, and none of an object.
  const isFleeting = served.verbs.join() === 'create' && served.namespaced;
  if (isElsewhere && (isFleeting || !isBuiltInGroup(target.group))) return unknown();
  if (isFleeting && (namespace === undefined || name !== undefined)) return unknown();
  const part = served.subresources.find((each) => each.name === subresource);
  if (subresource !== undefined && part === undefined) return statusReply(resourceNotFound());
  if (verb === undefined || isElsewhere || !(part ?? served).verbs.includes(verb)) {
    return statusReply(methodNotAllowed());
  }
  if (isBinding(target)) return undefined;
  const isStored = served.storageVersionHash !== undefined;
  return isStored && (part === undefined || parts.has(part.name)) ? undefined : statusReply(notImplemented(path));
}

/** Objects of custom resources are not written as protobuf, options of deletions are. */
function bodyForms({ target, collection }: Targeted, verb: Verb): BodyForms {
  if (verb === 'patch') return { isPatch: true };
  if (verb === 'delete' || verb === 'deletecollection')
    return { protobuf: { apiVersion: 'v1', kind: 'DeleteOptions' } };
  const { resource } = collection;
  if (!resource.builtIn) return {};
  if (isBinding(target)) return { protobuf: { apiVersion: 'v1', kind: 'Binding' } };
  const isScale = target.subresource === 'scale';
  return {
    protobuf: isScale
      ? { apiVersion: 'autoscaling/v1', kind: 'Scale' }
      : { apiVersion: apiVersionOf(resource), kind: resource.kind },
  };
}

function definitionOf({ group, plural }: Named, collections: Collections): KubernetesObject | undefined {
  return collections.find(definitions)?.cache.get(`${plural}.${group}`)?.object;
}

/** The schema that a CustomResourceDefinition has for a resource; `undefined` where nothing defines it. */
function definedSchema(resource: ApiResource, collections: Collections): JsonObject | undefined {
  if (isBuiltInGroup(resource.group)) return undefined;
  const object = definitionOf(resource, collections) as unknown as { readonly spec: Definition } | undefined;
  const version = object?.spec.versions.find(({ name }) => name === resource.version);
  return version?.schema?.openAPIV3Schema as JsonObject | undefined;
}

function routed(
  request: ApiRequest,
  body: BodyText,
  collections: Collections,
  options: ReadOptions,
): Observable<ApiReply> {
  // The paths of resources are longer than those of documents.
  if (request.target === undefined) {
    const { catalog } = collections;
    const discovered = answerDiscovery(request, { catalog, schemaOf: (each) => definedSchema(each, collections) });
    if (discovered !== undefined) return of(discovered);
  }
  const refused = refusalOf(request, collections);
  if (refused !== undefined) return of(refused);
  const { target, verb } = request as ApiRequest & { readonly target: ResourcePath; readonly verb: Verb };
  const definition = (): KubernetesObject | undefined => definitionOf(target, collections);
  const collection = collections.of(isBinding(target) ? pods : target);
  const targeted: Targeted = { request, target, collection, definition };
  if (verb === 'list') return answerList(targeted, options);
  if (verb === 'watch') return answerWatch(targeted, options);
  if (verb === 'get') return answerGet(targeted, options);
  const type = contentType(request.headers);
  return jsonBody(body, type, resourceWords(target), bodyForms(targeted, verb)).pipe(
    map((content) =>
      isBinding(target)
        ? answerBinding(request, target, targeted.collection, content)
        : writes[verb]({ ...targeted, body: content, contentType: type }),
    ),
  );
}

/** The reply that an error stands for: its Status, or a 500 for what should not have happened. */
export function errorReply(error: unknown): TextReply {
  if (error instanceof KubeError && error.status !== undefined) return statusReply(error.status);
  const cause = error instanceof Error ? error.message : String(error);
  return statusReply(failureStatus(500, 'InternalError', `Internal error occurred: ${cause}`));
}

/** What a kube-apiserver warns of, whatever is asked. Source: kubernetes `pkg/apis/core/v1`, APILifecycleDeprecated. */
const endpointsWarning = '299 - "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"';

function withWarning(reply: ApiReply): ApiReply {
  if (typeof reply === 'string' || 'batches$' in reply) return reply;
  const { Warning: others } = reply.headers;
  const all = others === undefined ? endpointsWarning : `${others}, ${endpointsWarning}`;
  return { ...reply, headers: { ...reply.headers, Warning: all } };
}

/** Answers a request from the collections, with one reply. Never errors: a failure is a reply. */
export function answer(
  request: ApiRequest,
  body: BodyText,
  collections: Collections,
  options: ReadOptions,
): Observable<ApiReply> {
  const reply$ = defer(() => routed(request, body, collections, options)).pipe(
    catchError((error: unknown) => of(errorReply(error))),
  );
  const isDeprecated = request.target?.plural === 'endpoints' && request.target.group === '';
  return isDeprecated ? reply$.pipe(map(withWarning)) : reply$;
}
