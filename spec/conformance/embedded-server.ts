import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { expect, type TestContext } from 'vitest';
import { loadKubeConfig } from 'kuberx/client-node';
import { apiServer, type ApiServer, type ApiServerOptions, type Backup } from 'kuberx/testing/apiserver';
import { kindOf } from './kind-of.ts';
import { type Capabilities, customGroup, type ReadVerb, type Server, type Subject } from './server.ts';

/** What an embedded server is made to be like. */
export interface EmbeddedOptions extends Pick<ApiServerOptions, 'watchList' | 'bookmarks' | 'tls' | 'http2'> {
  /** After a restart versions of before can be watched from, as on a server without a cache. Default: false. */
  readonly resumesAfterRestart?: boolean;
  readonly manyObjects: number;
  readonly watchesBy?: 'webSocket' | undefined;
}

/** Where definitions are. */
const definitions = 'apiextensions.k8s.io/v1/customresourcedefinitions';

/** The server of this package, one for each test. */
export function embeddedSubject(options: EmbeddedOptions): Subject {
  const { watchList = true, bookmarks = true, resumesAfterRestart = false, manyObjects } = options;
  const { tls = false, http2 = true, watchesBy } = options;
  const transport = tls !== false && http2 ? 'http/2' : 'http/1.1';
  const capabilities: Capabilities = {
    streamingLists: watchList,
    cached: true,
    bookmarks,
    resumesAfterRestart,
    compactionExpiresWatches: true,
    refusesForeignPages: true,
    pinnedRelease: true,
    manyObjects,
  };
  const serve = async (test: TestContext): Promise<Server> => {
    const directory = mkdtempSync(join(tmpdir(), 'kuberx-conformance-'));
    const server = await apiServer({
      watchList,
      bookmarks,
      namespaces: true,
      managedFields: true,
      tls,
      http2,
    });
    test.onTestFinished(async () => {
      await server.stop({ how: 'reset' });
      const ways = [transport, 'websocket'];
      expect(server.requests.filter(({ verb, transport: by }) => verb === 'watch' && !ways.includes(by))).toEqual([]);
      rmSync(directory, { recursive: true, force: true });
    });
    return new EmbeddedServer(server, join(directory, 'kubeconfig'), capabilities);
  };
  return { capabilities, isolated: true, serve, ...(watchesBy && { watchesBy }) };
}

class EmbeddedServer implements Server {
  readonly capabilities: Capabilities;
  readonly kubeconfig: string;
  readonly #server: ApiServer;
  #namespaces = 0;
  #backup: Backup | undefined;
  #allowEverything = (): void => undefined;

  constructor(server: ApiServer, kubeconfig: string, capabilities: Capabilities) {
    this.#server = server;
    this.capabilities = capabilities;
    this.kubeconfig = server.writeKubeconfig(kubeconfig);
  }

  makeNamespace(): Promise<string> {
    const name = `conformance-${++this.#namespaces}`;
    this.#server.apply('v1/namespaces', { metadata: { name } });
    return Promise.resolve(name);
  }

  populate(namespace: string, count: number): Promise<void> {
    for (let i = 1; i <= count; i++) {
      const metadata = { name: `many-${i}`, namespace };
      this.#server.create('v1/configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { k: String(i) } });
    }
    return Promise.resolve();
  }

  define(plural: string): Promise<void> {
    const kind = kindOf(plural);
    const names = { plural, kind, singular: kind.toLowerCase() };
    const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
    const versions = [{ name: 'v1', served: true, storage: true, schema }];
    this.#server.apply(definitions, {
      metadata: { name: `${plural}.${customGroup}` },
      spec: { group: customGroup, names, scope: 'Namespaced', versions },
    });
    return Promise.resolve();
  }

  async undefine(plural: string): Promise<void> {
    const name = `${plural}.${customGroup}`;
    this.#server.delete(definitions, name);
    while (this.#server.get(definitions, name) !== undefined) await new Promise((resolve) => setImmediate(resolve));
  }

  makeUser(): Promise<KubeConfig> {
    return Promise.resolve(loadKubeConfig(this.kubeconfig));
  }

  allow(namespace: string, verbs: readonly ReadVerb[]): Promise<void> {
    this.#allowEverything();
    this.#allowEverything = this.#server.intercept(({ verb }) => {
      if ((verb !== 'list' && verb !== 'watch') || verbs.includes(verb)) return undefined;
      const message = `configmaps is forbidden: User "alice" cannot ${verb} resource "configmaps" in API group "" in the namespace "${namespace}"`;
      const details = { kind: 'configmaps' };
      const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message };
      return { code: 403, body: { ...status, reason: 'Forbidden', details, code: 403 } };
    });
    return Promise.resolve();
  }

  newToken(): Promise<string> {
    const token = randomUUID();
    this.#server.rotateToken(token);
    this.#server.writeKubeconfig(this.kubeconfig);
    return Promise.resolve(token);
  }

  kill(): Promise<void> {
    return this.#server.stop({ how: 'reset' });
  }

  async start(): Promise<void> {
    if (!this.capabilities.resumesAfterRestart) this.#server.restartCache();
    await this.#server.start();
  }

  deleteStored(namespace: string, name: string): Promise<void> {
    this.#server.delete('v1/configmaps', `${namespace}/${name}`);
    return Promise.resolve();
  }

  compact(version: string): Promise<void> {
    this.#server.compact(version);
    return Promise.resolve();
  }

  backUp(): Promise<void> {
    this.#backup = this.#server.backUp();
    return Promise.resolve();
  }

  restore(): Promise<void> {
    if (this.#backup === undefined) throw new Error('there is no backup');
    this.#server.restore(this.#backup);
    return Promise.resolve();
  }
}
