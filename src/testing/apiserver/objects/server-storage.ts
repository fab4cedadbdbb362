import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import { parseResourceName } from '../requests/resource-path.ts';
import type { Backup, Collections } from './collections.ts';
import { givenObject } from './given-object.ts';
import { namedManifest } from './named-manifest.ts';
import { givenMetadata } from './object-rules.ts';
import { loadState, type SavedState, savedState } from './saved-state.ts';

/** What a server stores, for the program that holds the server: without HTTP, and without a wait. */
export class ServerStorage {
  /** @internal */
  protected readonly collections: Collections;

  constructor(collections: Collections) {
    this.collections = collections;
  }

  /** The current version of the storage. */
  get resourceVersion(): string {
    return String(this.collections.versions.current);
  }

  /**
   * Creates an object without HTTP, status included. `resource` by name: `v1/pods`.
   *
   * @throws KubeError as the server would answer.
   */
  create(resource: string, object: object): KubernetesObject {
    const { content, namespace } = givenObject(resource, object);
    return this.#collection(resource).create(namespace, content);
  }

  /** Creates an object, or replaces it whatever its version, without HTTP. Nothing happens where nothing changes. */
  apply(resource: string, object: object): KubernetesObject {
    const collection = this.#collection(resource);
    const { content: given, namespace } = givenObject(resource, object);
    const { resourceVersion: _version, uid: _uid, ...metadata } = givenMetadata(given);
    const content = { ...given, metadata };
    const { name } = metadata;
    const exists = typeof name === 'string' && this.get(resource, keyOf(namespace, name)) !== undefined;
    return exists ? collection.update(namespace, name, () => content) : collection.create(namespace, content);
  }

  /**
   * Creates an object, or replaces it whatever its version, by its own apiVersion and kind, without HTTP. In the namespace `default`
   * where its kind has namespaces and it names none.
   *
   * @throws KubeError 404 where its kind is not served, and as the server would answer.
   */
  applyManifest(manifest: object): KubernetesObject {
    const { resource, object } = namedManifest(this.collections.catalog, manifest);
    return this.apply(resource, object);
  }

  /**
   * Deletes an object without HTTP, by its key: `namespace/name`, or `name`. Finalizers hold it as they do for others.
   *
   * @throws KubeError 404.
   */
  delete(resource: string, key: string): void {
    const [name = '', namespace] = key.split('/').reverse();
    this.#collection(resource).delete(namespace, name);
  }

  /** The object under a key, without HTTP. */
  get(resource: string, key: string): KubernetesObject | undefined {
    return this.#collection(resource).cache.get(key)?.object;
  }

  /** All objects of a resource in the order of their keys, without HTTP. */
  list(resource: string): readonly KubernetesObject[] {
    return this.#collection(resource)
      .cache.ordered()
      .map(({ object }) => object);
  }

  /** Forgets what was before a version; it answers 410 from now on. Open streams go on. Default: the current version. */
  compact(version: string = this.resourceVersion): void {
    this.collections.compact(BigInt(version));
  }

  /** As a kube-apiserver that was restarted: streams end, and no version from before can be watched from. */
  restartCache(): void {
    this.collections.restart();
  }

  /**
   * Sets the counter of versions. Forwards, as by changes to other resources. Backwards, as a storage that was restored
   * from a backup: streams end, and objects that are newer keep their content under the version that is current then.
   */
  jumpResourceVersion(to: string): void {
    this.collections.jump(BigInt(to));
  }

  /** A copy of all that is stored, for {@link restore}. */
  backUp(): Backup {
    return this.collections.backUp();
  }

  /** Goes back to a backup of this server, as a storage that is restored: objects and versions are those of then, streams end. */
  restore(backup: Backup): void {
    this.collections.restore(backup);
  }

  /** All that is stored, as JSON that a file can keep: for {@link load} of this or another server. */
  save(): SavedState {
    return savedState(this.collections);
  }

  /**
   * Replaces all that is stored by what another server has saved, as a storage that is restored: streams end.
   *
   * @throws TypeError for anything else, and changes nothing then.
   */
  load(state: SavedState): void {
    loadState(this.collections, state);
  }

  #collection(resource: string): ReturnType<Collections['of']> {
    return this.collections.of(parseResourceName(resource));
  }
}

function keyOf(namespace: string | undefined, name: string): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
