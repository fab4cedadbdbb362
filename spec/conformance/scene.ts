import { expect, type TestContext } from 'vitest';
import {
  type Interrupted,
  isExpired,
  KubeError,
  type KubernetesObject,
  type ListerWatcher,
  type ObjectOf,
  type ReflectorOptions,
  type ResourceTypes,
} from 'kuberx';
import { type AnyKubeConfig, listWatch, type ListWatchOptions, resourceClient } from 'kuberx/client-node';
import type { ServerConnection } from 'kuberx/rest';
import { connectionTo } from './connection-to.ts';
import { answerOf } from './answer-of.ts';
import { freshList } from './fresh-list.ts';
import { Reflection } from './reflection.ts';
import type { Server, Subject } from './server.ts';
import { webSocketClient } from './web-socket-client.ts';

export type ConfigMap = ObjectOf<'v1/configmaps'>;

/** What a ConfigMap is written with. */
export interface Content {
  readonly data?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A server with a namespace of its own for a test. */
export class Scene {
  readonly server: Server;
  readonly namespace: string;
  readonly #test: TestContext;
  readonly #byWebSocket: boolean;

  private constructor(server: Server, namespace: string, test: TestContext, byWebSocket: boolean) {
    this.#byWebSocket = byWebSocket;
    this.server = server;
    this.namespace = namespace;
    this.#test = test;
  }

  static async of(subject: Subject, test: TestContext): Promise<Scene> {
    const server = await subject.serve(test);
    return new Scene(server, await server.makeNamespace(), test, subject.watchesBy === 'webSocket');
  }

  /** The kubeconfig of the administrator, as it is now. */
  get kubeConfig(): ServerConnection {
    return connectionTo(this.server.kubeconfig);
  }

  key(name: string): string {
    return `${this.namespace}/${name}`;
  }

  /** The ConfigMaps of the namespace, to be listed and watched. */
  configMaps(options: ListWatchOptions = {}, kubeConfig: AnyKubeConfig = this.kubeConfig): ListerWatcher<ConfigMap> {
    return this.lister('v1/configmaps', { namespace: this.namespace, ...options }, kubeConfig);
  }

  /** The objects of a resource, to be listed and watched in the way of the subject. */
  lister<Name extends keyof ResourceTypes>(
    resource: Name,
    options: ListWatchOptions,
    kubeConfig: AnyKubeConfig = this.kubeConfig,
  ): ListerWatcher<ObjectOf<Name>> {
    const way: Pick<ListWatchOptions, 'http'> = this.#byWebSocket ? { http: webSocketClient(kubeConfig) } : {};
    return listWatch(kubeConfig, resource, { ...options, ...way });
  }

  /** Reflects; ends with the test. */
  reflect<T extends KubernetesObject>(listerWatcher: ListerWatcher<T>, options?: ReflectorOptions<T>): Reflection<T> {
    return new Reflection(this.#test, listerWatcher, options);
  }

  create(name: string, { labels, ...rest }: Content = {}, namespace = this.namespace): Promise<ConfigMap> {
    const metadata = { name, namespace, ...(labels !== undefined && { labels }) };
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, ...rest };
    return answerOf(resourceClient(this.kubeConfig, 'v1/configmaps').create(object));
  }

  /** Merges this into a ConfigMap. */
  change(name: string, { labels, ...rest }: Content): Promise<ConfigMap> {
    const body = { ...(labels !== undefined && { metadata: { labels } }), ...rest };
    const patch = { type: 'merge', body } as const;
    return answerOf(resourceClient(this.kubeConfig, 'v1/configmaps').patch({ name, namespace: this.namespace }, patch));
  }

  async delete(name: string): Promise<void> {
    const { namespace } = this;
    await answerOf(resourceClient(this.kubeConfig, 'v1/configmaps').delete({ name, namespace }));
  }

  /** How specs without a reflector end: one that starts now agrees. */
  agrees(): Promise<void> {
    return this.agreement(this.reflect(this.configMaps()));
  }

  /** How every spec ends: the store is what a fresh list says, by key, uid, version and value. */
  async agreement<T extends KubernetesObject>(
    reflection: Reflection<T>,
    options: ListWatchOptions = {},
    resource = 'v1/configmaps',
  ): Promise<void> {
    await reflection.agreesWith(await freshList(this.server, resource, { namespace: this.namespace, ...options }));
  }
}

/** The names of objects. */
export function namesOf(objects: readonly KubernetesObject[]): string[] {
  return objects.map(({ metadata }) => metadata.name);
}

/** The error of a request that has to fail. */
export async function failure(request: Promise<unknown>): Promise<KubeError> {
  const error = await request.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(KubeError);
  return error as KubeError;
}

/** Whether a reflector was told that its version is gone. */
export function wasExpired({ interruptions }: { readonly interruptions: readonly Interrupted[] }): boolean {
  return interruptions.some(({ error }) => isExpired(error));
}
