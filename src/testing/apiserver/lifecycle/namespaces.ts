import { asyncScheduler, type SchedulerLike, type Subscription } from 'rxjs';
import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import type { Status } from '../../../protocol/errors/status.ts';
import { failureStatus, refusal } from '../../../serving/failure-status.ts';
import { qualifiedResource, resourceWords, type ServedResource } from '../../../serving/served-resource.ts';
import type { Collection, CollectionHooks } from '../objects/collection.ts';
import type { Collections } from '../objects/collections.ts';
import { isJsonObject, type JsonObject } from '../objects/json-object.ts';
import { givenMetadata } from '../objects/object-rules.ts';
import { attempt } from './attempt.ts';
import { notFound } from '../requests/refusals.ts';

const name = { group: '', version: 'v1', plural: 'namespaces' };

/** Namespaces that are there from the start. Source: kubernetes `pkg/controlplane`, systemnamespaces. */
const systemNamespaces = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** Those that nobody may delete. Source: apiserver `admission/plugin/namespace/lifecycle`. */
const immortal = new Set(['default', 'kube-public', 'kube-system']);

/** The label that every namespace has. */
const nameLabel = 'kubernetes.io/metadata.name';

function rethrown(error: unknown): never {
  throw error;
}

function isTerminating({ metadata }: KubernetesObject): boolean {
  return metadata.deletionTimestamp !== undefined;
}

function terminatingStatus(resource: ServedResource, object: string, namespace: string): Status {
  const { group, plural } = resource;
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  return failureStatus(
    403,
    'Forbidden',
    `${qualifiedResource(resource)} ${JSON.stringify(object)} is forbidden: ${why}`,
    {
      name: object,
      ...(group !== '' && { group }),
      kind: plural,
      causes: [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${namespace} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    },
  );
}

/**
 * What a namespace is created as: with the label of its name, held by a finalizer of its own, and active.
 *
 * Source: kubernetes `pkg/registry/core/namespace/strategy.go`.
 */
export function newNamespace(content: JsonObject, named: string): JsonObject {
  const metadata = givenMetadata(content);
  const labels = isJsonObject(metadata['labels']) ? metadata['labels'] : {};
  const spec = isJsonObject(content['spec']) ? content['spec'] : {};
  const finalizers = Array.isArray(spec['finalizers']) ? (spec['finalizers'] as unknown[]) : [];
  return {
    ...content,
    metadata: { ...metadata, labels: { ...labels, [nameLabel]: named } },
    spec: { ...spec, finalizers: [...new Set([...finalizers, 'kubernetes'])] },
    status: { phase: 'Active' },
  };
}

function finalizersOf(object: KubernetesObject): readonly string[] {
  const { spec } = object as { readonly spec?: { readonly finalizers?: readonly string[] } };
  return spec?.finalizers ?? [];
}

/** Whether a namespace that is to go is held by nothing any more. */
export function isReleased(namespace: KubernetesObject): boolean {
  return finalizersOf(namespace).length === 0 && (namespace.metadata.finalizers ?? []).length === 0;
}

/**
 * Namespaces as they are where a cluster looks after them: what is created in one that is not there, or that terminates, is
 * refused, and one that is deleted goes together with what is in it.
 */
export class Namespaces {
  readonly #collections: Collections;
  readonly #scheduler: SchedulerLike;
  readonly #due = new Set<string>();

  constructor(collections: Collections, scheduler: SchedulerLike = asyncScheduler) {
    this.#collections = collections;
    this.#scheduler = scheduler;
  }

  get #namespaces(): Collection {
    return this.#collections.of(name);
  }

  /** What is special about namespaces themselves. */
  readonly hooks: CollectionHooks = {
    created: newNamespace,
    checkDeletion: (namespace) => this.#checkDeletion(namespace),
    terminating: (content) => ({ ...content, status: { ...(content['status'] as JsonObject), phase: 'Terminating' } }),
    isReleased,
  };

  /** Makes the namespaces that are always there, and looks after all of them from now on. */
  start(): Subscription {
    for (const each of systemNamespaces) this.#namespaces.create(undefined, { metadata: { name: each } });
    return this.#collections.changes$.subscribe({
      next: ({ collection, change }) => {
        const metadata = (change.current ?? change.previous)?.object.metadata;
        const namespace = collection === this.#namespaces ? metadata?.name : metadata?.namespace;
        if (namespace !== undefined) this.#look(namespace);
      },
      error: rethrown,
    });
  }

  /** @throws KubeError 404 where the namespace of a new object is not there, 403 where it terminates. */
  checkNew(resource: ServedResource, object: string, namespace: string): void {
    const found = this.#namespaces.cache.get(namespace)?.object;
    if (found === undefined) throw refusal(resourceWords(resource), notFound(name, namespace));
    if (isTerminating(found)) {
      throw refusal(resourceWords(resource), terminatingStatus(resource, object, namespace));
    }
  }

  #checkDeletion(namespace: string): void {
    if (!immortal.has(namespace)) return;
    const message = `namespaces ${JSON.stringify(namespace)} is forbidden: this namespace may not be deleted`;
    const status = failureStatus(403, 'Forbidden', message, { name: namespace, kind: 'namespaces' });
    throw refusal(resourceWords(name), status);
  }

  #look(namespace: string): void {
    const found = this.#namespaces.cache.get(namespace)?.object;
    if (found === undefined || !isTerminating(found) || this.#due.has(namespace)) return;
    this.#due.add(namespace);
    this.#scheduler.schedule(() => {
      this.#due.delete(namespace);
      attempt(() => this.#empty(namespace));
    });
  }

  /** Deletes what is in a namespace that terminates, and lets it go when nothing is left. */
  #empty(namespace: string): void {
    const found = this.#namespaces.cache.get(namespace)?.object;
    if (found === undefined || !isTerminating(found)) return;
    let left = 0;
    for (const collection of this.#collections.all()) {
      for (const { object } of collection.cache.ordered()) {
        if (object.metadata.namespace !== namespace) continue;
        const isGone = isTerminating(object) ? false : collection.delete(namespace, object.metadata.name).gone;
        if (!isGone) left += 1;
      }
    }
    if (left > 0 || isReleased(found)) return;
    // Those of others hold it until they are taken away at its part `finalize`.
    const finalizers = finalizersOf(found).filter((each) => each !== 'kubernetes');
    this.#namespaces.update(undefined, namespace, (current) => ({ ...current, spec: { finalizers } }));
  }
}
