import { map, type Observable, of, type SchedulerLike } from 'rxjs';
import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import { parseCollectionQuery } from '../../../serving/collection-query.ts';
import { badRequest, failureStatus, refusal } from '../../../serving/failure-status.ts';
import { list, type ServedPage } from '../../../serving/list.ts';
import { listText, objectText } from '../../../serving/list-text.ts';
import { resourceWords } from '../../../serving/served-resource.ts';
import { versionFault } from '../../../serving/version-parameter.ts';
import { watch, type WatchOptions } from '../../../serving/watch.ts';
import { printerOf } from '../tables/printer-of.ts';
import { tableLines, tableOf, type TableOptions } from '../tables/table.ts';
import { acceptedForm } from './accept.ts';
import { type ApiReply, jsonReply, jsonTextReply } from './api-reply.ts';
import type { ApiRequest } from './api-request.ts';
import type { Collection } from '../objects/collection.ts';
import { notAcceptable } from './refusals.ts';
import { scaleOf } from './scale.ts';
import type { ResourcePath } from './resource-path.ts';

/** How a server answers reads. */
export interface ReadOptions extends Omit<WatchOptions, 'form'> {
  readonly scheduler?: SchedulerLike;
  /** The wall clock of ages, in milliseconds. */
  readonly now: () => number;
}

/** A request of a collection, or of an object in it. */
export interface Targeted {
  readonly request: ApiRequest;
  readonly target: ResourcePath;
  readonly collection: Collection;
  /** What defines the resource, if anything does. */
  readonly definition: () => KubernetesObject | undefined;
}

/** How a request wants its table made. */
function tableOptions({ request, collection, definition }: Targeted, { now }: ReadOptions): TableOptions {
  const { resource } = collection;
  const given = request.query.get('includeObject') ?? '';
  const included = (['None', 'Metadata', 'Object'] as const).find((each) => each === given);
  if (included === undefined && given !== '') {
    const text = `unrecognized includeObject value: ${JSON.stringify(given)}`;
    throw refusal(resourceWords(resource), badRequest(text));
  }
  return { printer: printerOf(resource, definition()), included: included ?? 'Metadata', now };
}

/** Go's name of the list type, as texts about it have it. */
function listType({ builtIn, group, kind }: Collection['resource']): string {
  return builtIn
    ? `*${group === '' ? 'core' : (group.split('.')[0] ?? '')}.${kind}List`
    : '*unstructured.UnstructuredList';
}

/** Answers a list. */
export function answerList(targeted: Targeted, options: ReadOptions): Observable<ApiReply> {
  const { request, target, collection } = targeted;
  const { resource, cache } = collection;
  const { form, as } = acceptedForm(request.headers.accept, resourceWords(resource));
  if (as === 'PartialObjectMetadata') {
    const text = `you requested PartialObjectMetadata, but the requested object is a list (${listType(resource)})`;
    throw refusal(resourceWords(resource), notAcceptable(text));
  }
  const query = parseCollectionQuery(resource, target.namespace, request.query);
  const table = as === 'Table' ? tableOptions(targeted, options) : undefined;
  return list(cache, query, options.scheduler).pipe(
    map((page) => (table === undefined ? jsonTextReply(200, listText(resource, page, form)) : listTable(page, table))),
  );
}

function listTable({ version, revisions, ...page }: ServedPage, table: TableOptions): ApiReply {
  const metadata = { resourceVersion: String(version), ...page };
  return jsonReply(
    200,
    tableOf(
      revisions.map(({ object }) => object),
      metadata,
      table,
    ),
  );
}

/** Answers a watch. */
export function answerWatch(targeted: Targeted, options: ReadOptions): Observable<ApiReply> {
  const { request, target, collection } = targeted;
  const { resource, cache } = collection;
  const { form, as } = acceptedForm(request.headers.accept, resourceWords(resource));
  // Seen on a kube-apiserver: the events cannot be turned into lists, so the stream ends before the first one.
  if (as === 'PartialObjectMetadataList') return of({ batches$: of([]) });
  const query = parseCollectionQuery(resource, target.namespace, request.query);
  const batches$ = watch(cache, query, { ...options, form });
  return of({ batches$: as === 'Table' ? tableLines(batches$, tableOptions(targeted, options)) : batches$ });
}

/** Answers a read of one object, of the version that is asked for at least. */
export function answerGet(targeted: Targeted, options: ReadOptions): Observable<ApiReply> {
  const { request, target, collection } = targeted;
  const { resource, cache } = collection;
  const words = resourceWords(resource);
  const { form, as } = acceptedForm(request.headers.accept, words);
  if (as === 'PartialObjectMetadataList') {
    const text = 'you requested PartialObjectMetadataList, but the requested object is not a list';
    throw refusal(words, notAcceptable(text));
  }
  const table = as === 'Table' ? tableOptions(targeted, options) : undefined;
  const version = request.query.get('resourceVersion') ?? '';
  const fault = version === '' ? undefined : versionFault(version);
  if (fault !== undefined) throw refusal(words, failureStatus(500, undefined, fault));
  return cache.versions.whenReached(BigInt(version), words, options.scheduler).pipe(
    map(() => collection.get(target.namespace, target.name ?? '')),
    map((revision) => {
      const { scale } = collection.traits;
      if (target.subresource === 'scale' && scale !== undefined) return jsonReply(200, scaleOf(revision.object, scale));
      if (table === undefined) return jsonTextReply(200, `${objectText(revision, form)}\n`);
      const { resourceVersion = '' } = revision.object.metadata;
      return jsonReply(200, tableOf([revision.object], { resourceVersion }, table));
    }),
  );
}

/** The objects of a collection that a request selects. */
export function selectedObjects({ request, target, collection }: Targeted): readonly KubernetesObject[] {
  const { selection } = parseCollectionQuery(collection.resource, target.namespace, request.query);
  selection.checkFields(collection.resource);
  return collection.cache
    .ordered()
    .map(({ object }) => object)
    .filter((object) => selection.matches(object));
}
