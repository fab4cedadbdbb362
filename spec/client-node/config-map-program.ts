import * as clientNode from '@kubernetes/client-node';
import { onTestFinished } from 'vitest';
import { makeInformer, type MakeInformerOptions } from 'kuberx/client-node';
import { apiServer, type ApiServer, type ApiServerOptions } from 'kuberx/testing/apiserver';
import { eventually } from '../eventually.ts';
import { kubeConfigOf } from './kube-config-of.ts';

export type MakeInformer = typeof clientNode.makeInformer;

/** The two that a program can import `makeInformer` from. */
export const makers: readonly (readonly [name: string, make: MakeInformer])[] = [
  ['client-node', clientNode.makeInformer],
  ['kuberx', makeInformer],
];

/** The makeInformer of kuberx with options that client-node's does not have. */
export function makeWith(options: Omit<MakeInformerOptions<ConfigMap>, 'intern' | 'transform'>): MakeInformer {
  return (kubeConfig, path, list, labelSelector) =>
    makeInformer(kubeConfig, path, list, labelSelector, undefined, options as object);
}

/** What a program sets up. */
export interface ProgramOptions {
  readonly make?: MakeInformer;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly server?: ApiServerOptions;
}

type ConfigMap = clientNode.V1ConfigMap;

/** A program written for client-node that follows ConfigMaps on an embedded server. Both end with the test. */
export class ConfigMapProgram {
  readonly server: ApiServer;
  readonly informer: clientNode.Informer<ConfigMap> & clientNode.ObjectCache<ConfigMap>;
  /** What its callbacks were called with, in words: `add default/a`, `update default/a v=2`. */
  readonly lines: string[] = [];
  readonly errors: { readonly message: string; readonly code?: unknown; readonly statusCode?: unknown }[] = [];

  static async of(options: ProgramOptions = {}): Promise<ConfigMapProgram> {
    const server = await apiServer(options.server);
    const program = new ConfigMapProgram(server, options);
    onTestFinished(async () => {
      await program.informer.stop();
      await server.stop({ how: 'reset' });
    });
    return program;
  }

  private constructor(server: ApiServer, { make = makeInformer, namespace, labelSelector }: ProgramOptions) {
    this.server = server;
    const kubeConfig = kubeConfigOf(server.url, {}, { skipTLSVerify: true });
    const api = kubeConfig.makeApiClient(clientNode.CoreV1Api);
    const selection = labelSelector === undefined ? {} : { labelSelector };
    const list = (): Promise<clientNode.V1ConfigMapList> =>
      namespace === undefined
        ? api.listConfigMapForAllNamespaces(selection)
        : api.listNamespacedConfigMap({ namespace, ...selection });
    const path = namespace === undefined ? '/api/v1/configmaps' : `/api/v1/namespaces/${namespace}/configmaps`;
    this.informer = make(kubeConfig, path, list, labelSelector);
    for (const verb of ['add', 'update', 'delete'] as const)
      this.informer.on(verb, (object) => this.lines.push(`${verb} ${inWords(object)}`));
    this.informer.on('connect', (...given: unknown[]) => this.lines.push(['connect', ...given].join(' ').trim()));
    this.informer.on('error', (error: ConfigMapProgram['errors'][number]) => this.errors.push(error));
  }

  /** Creates or changes a ConfigMap. */
  put(name: string, v = '1', { namespace = 'default', labels = {} } = {}): void {
    const metadata = { name, namespace, labels };
    this.server.apply('v1/configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { v } });
  }

  remove(key: string): void {
    this.server.delete('v1/configmaps', key);
  }

  /** Waits for so many lines. */
  async told(count: number): Promise<string[]> {
    await eventually(() => {
      if (this.lines.length < count) throw new Error(`told so far: ${this.lines.join(', ')}`);
    });
    return this.lines;
  }

  /** Waits for an open watch that is told of changes. */
  watching(): Promise<void> {
    return eventually(() => {
      if (this.server.openStreams === 0) throw new Error('there is no watch');
    });
  }

  /** Waits for an error. */
  failed(count = 1): Promise<void> {
    return eventually(() => {
      if (this.errors.length < count) throw new Error(`there are ${this.errors.length} errors`);
    });
  }

  /** The requests of this verb so far. */
  requests(verb: 'list' | 'watch'): ApiServer['requests'] {
    return this.server.requests.filter((request) => request.verb === verb);
  }
}

/** `default/a v=2`; without its data where that is 1. */
export function inWords({ metadata, data }: ConfigMap): string {
  const v = data?.['v'] ?? '1';
  return `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}${v === '1' ? '' : ` v=${v}`}`;
}
