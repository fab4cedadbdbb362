import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { KubeConfig } from '@kubernetes/client-node';
import { loadKubeConfig } from 'kuberx/client-node';
import type { ControlPlane } from '../../scripts/controlplane/control-plane.ts';
import { deleteFromEtcd, storeInEtcd } from '../../scripts/controlplane/etcd.ts';
import { kindOf } from './kind-of.ts';
import { rawRequest, rawSuccess } from './raw-request.ts';
import { type Capabilities, customGroup, type ReadVerb, type Server } from './server.ts';

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const authorization = '/apis/rbac.authorization.k8s.io/v1';
/** Where an apiserver keeps ConfigMaps in etcd. */
const stored = '/registry/configmaps';
/** The plain user of a control plane, under RBAC without any permission. */
const plainUser = 'alice';
/** The service account whose tokens are asked for. */
const reader = 'reader';

/** Asks again until a condition holds: for what a server does in its own time. */
async function eventually(condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not within a minute: ${condition.toString()}`);
    await delay(50);
  }
}

/** A real control plane. It has to authorise by RBAC. */
export class ControlPlaneServer implements Server {
  readonly capabilities: Capabilities;
  readonly #controlPlane: ControlPlane;
  readonly #admin: KubeConfig;
  #namespaces = 0;

  constructor(controlPlane: ControlPlane, capabilities: Capabilities) {
    this.#controlPlane = controlPlane;
    this.#admin = loadKubeConfig(controlPlane.kubeconfig);
    this.capabilities = capabilities;
  }

  get kubeconfig(): string {
    return this.#controlPlane.kubeconfig;
  }

  async makeNamespace(): Promise<string> {
    const name = `conformance-${++this.#namespaces}`;
    await this.#post('/api/v1/namespaces', { metadata: { name } });
    return name;
  }

  populate(namespace: string, count: number): Promise<void> {
    const creationTimestamp = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    // As an apiserver stores them: without a version, which is etcd's own. It reads JSON as well as what it writes.
    const entries = Array.from({ length: count }, (_, index) => {
      const name = `many-${index + 1}`;
      const metadata = { name, namespace, uid: randomUUID(), creationTimestamp };
      const object = { kind: 'ConfigMap', apiVersion: 'v1', metadata, data: { k: String(index + 1) } };
      return [`${stored}/${namespace}/${name}`, JSON.stringify(object)] as const;
    });
    return storeInEtcd(this.#controlPlane.etcd, entries);
  }

  async define(plural: string): Promise<void> {
    const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
    const kind = kindOf(plural);
    await this.#post(definitions, {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${plural}.${customGroup}` },
      spec: {
        group: customGroup,
        names: { plural, kind, singular: kind.toLowerCase() },
        scope: 'Namespaced',
        versions: [{ name: 'v1', served: true, storage: true, schema }],
      },
    });
    await eventually(async () => (await this.#customResource(plural)) === 200);
  }

  async undefine(plural: string): Promise<void> {
    await rawSuccess(this.#admin, 'DELETE', `${definitions}/${plural}.${customGroup}`);
    await eventually(async () => (await this.#customResource(plural)) === 404);
  }

  async makeUser(namespace: string): Promise<KubeConfig> {
    await this.#bind(namespace, { kind: 'User', name: plainUser });
    const kubeConfig = loadKubeConfig(this.kubeconfig);
    kubeConfig.setCurrentContext(plainUser);
    return kubeConfig;
  }

  async allow(namespace: string, verbs: readonly ReadVerb[]): Promise<void> {
    const name = plainUser;
    const rules = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', ...verbs] }];
    await rawSuccess(this.#admin, 'PUT', `${authorization}/namespaces/${namespace}/roles/${name}`, {
      body: { metadata: { name }, rules },
    });
    for (const verb of ['list', 'watch'] as const) {
      await eventually(async () => (await this.#mayRead(namespace, verb)) === verbs.includes(verb));
    }
  }

  async newToken(namespace: string): Promise<string> {
    const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`;
    const { status } = await rawRequest(this.#admin, 'DELETE', `${accounts}/${reader}`);
    if (status === 404)
      await this.#bind(namespace, { kind: 'ServiceAccount', name: reader, namespace }, ['list', 'watch']);
    await this.#post(accounts, { metadata: { name: reader } });
    const request = await this.#post(`${accounts}/${reader}/token`, { spec: {} });
    return (request as { readonly status: { readonly token: string } }).status.token;
  }

  kill(): Promise<void> {
    return this.#controlPlane.killApiServer();
  }

  start(): Promise<void> {
    return this.#controlPlane.restartApiServer();
  }

  deleteStored(namespace: string, name: string): Promise<void> {
    return deleteFromEtcd(this.#controlPlane.etcd, `${stored}/${namespace}/${name}`);
  }

  async compact(version: string): Promise<void> {
    await this.#controlPlane.compact(version);
    const older = new URLSearchParams({
      resourceVersion: String(BigInt(version) - 1n),
      resourceVersionMatch: 'Exact',
      limit: '1',
    });
    // A cached apiserver serves old states from its memory until it looks at etcd, every 15 seconds.
    await eventually(
      async () => (await rawRequest(this.#admin, 'GET', `/api/v1/configmaps?${older.toString()}`)).status === 410,
    );
  }

  backUp(): Promise<void> {
    return this.#controlPlane.backUp();
  }

  restore(): Promise<void> {
    return this.#controlPlane.restore();
  }

  #post(path: string, body: object): Promise<unknown> {
    return rawSuccess(this.#admin, 'POST', path, { body });
  }

  async #customResource(plural: string): Promise<number> {
    return (await rawRequest(this.#admin, 'GET', `/apis/${customGroup}/v1/${plural}`)).status;
  }

  /** Gives somebody a role of the same name, with these verbs. */
  async #bind(
    namespace: string,
    subject: { kind: string; name: string; namespace?: string },
    verbs: readonly ReadVerb[] = [],
  ) {
    const { name } = subject;
    const path = `${authorization}/namespaces/${namespace}`;
    const rules = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', ...verbs] }];
    await this.#post(`${path}/roles`, { metadata: { name }, rules });
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name };
    await this.#post(`${path}/rolebindings`, { metadata: { name }, subjects: [subject], roleRef });
  }

  async #mayRead(namespace: string, verb: ReadVerb): Promise<boolean> {
    const user = loadKubeConfig(this.kubeconfig);
    user.setCurrentContext(plainUser);
    const resourceAttributes = { namespace, verb, resource: 'configmaps' };
    const review = await rawSuccess(user, 'POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
      body: { spec: { resourceAttributes } },
    });
    return (review as { readonly status: { readonly allowed: boolean } }).status.allowed;
  }
}
