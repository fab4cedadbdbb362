import type { IncomingMessage } from 'node:http';
import { catchError, defer, from, map, type Observable, of } from 'rxjs';
import { KubeError } from '../../../protocol/errors/kube-error.ts';
import { failureStatus } from '../../../serving/failure-status.ts';
import { resourceWords } from '../../../serving/served-resource.ts';
import { type ApiReply, plainReply, statusReply, type TextReply } from './api-reply.ts';
import type { ApiRequest } from './api-request.ts';
import type { Collections } from '../objects/collections.ts';
import { answerGet, answerList, answerWatch, type ReadOptions, type Targeted } from './read-verbs.ts';
import { methodNotAllowed, resourceNotFound } from './refusals.ts';
import { contentType, readJsonBody } from '../wire/request-body.ts';
import {
  answerCreate,
  answerDelete,
  answerDeleteCollection,
  answerPatch,
  answerUpdate,
  type WriteRequest,
} from './write-verbs.ts';

const writes = {
  create: answerCreate,
  update: answerUpdate,
  patch: answerPatch,
  delete: answerDelete,
  deletecollection: answerDeleteCollection,
} as const;

function routed(
  request: ApiRequest,
  message: IncomingMessage,
  collections: Collections,
  options: ReadOptions,
): Observable<ApiReply> {
  const { target, verb } = request;
  if (target === undefined) return of(plainReply(404, '404 page not found'));
  if (verb === undefined) return of(statusReply(methodNotAllowed()));
  const collection = collections.of(target);
  const targeted: Targeted = { request, target, collection };
  if (target.subresource !== undefined) {
    if (target.subresource !== 'status' || !collection.traits.hasStatus) return of(statusReply(resourceNotFound()));
    if (verb === 'delete') return of(statusReply(methodNotAllowed()));
  }
  if (verb === 'list') return answerList(targeted, options);
  if (verb === 'watch') return answerWatch(targeted, options);
  if (verb === 'get') return answerGet(targeted, options);
  return from(readJsonBody(message, resourceWords(target))).pipe(
    map((body): WriteRequest => ({ ...targeted, body, contentType: contentType(message) })),
    map(writes[verb]),
  );
}

/** The reply that an error stands for: its Status, or a 500 for what should not have happened. */
export function errorReply(error: unknown): TextReply {
  if (error instanceof KubeError && error.status !== undefined) return statusReply(error.status);
  const cause = error instanceof Error ? error.message : String(error);
  return statusReply(failureStatus(500, 'InternalError', `Internal error occurred: ${cause}`));
}

/** Answers a request from the collections, with one reply. Never errors: a failure is a reply. */
export function answer(
  request: ApiRequest,
  message: IncomingMessage,
  collections: Collections,
  options: ReadOptions,
): Observable<ApiReply> {
  return defer(() => routed(request, message, collections, options)).pipe(
    catchError((error: unknown) => of(errorReply(error))),
  );
}
