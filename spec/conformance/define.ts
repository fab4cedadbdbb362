import type { AnyKubeConfig } from 'kuberx/client-node';
import { expect, type TestContext } from 'vitest';
import { eventually } from '../eventually.ts';
import { kindOf } from './kind-of.ts';
import { rawRequest, rawSuccess } from './raw-request.ts';
import { customGroup } from './server.ts';

export const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

export const mergePatch = 'application/merge-patch+json';

/** A schema of an object whose `spec` has this schema. */
export function schemaOf(spec: object, others: object = {}): object {
  return { type: 'object', properties: { spec, ...others } };
}

/** One version of a resource. */
export function version(name: string, openAPIV3Schema: object, parts: object = {}): object {
  return { name, served: true, storage: true, schema: { openAPIV3Schema }, ...parts };
}

/** A definition of a namespaced resource. */
export function definition(plural: string, versions: readonly object[], spec: object = {}): object {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${customGroup}` },
    spec: { group: customGroup, scope: 'Namespaced', names: { plural, kind: kindOf(plural) }, versions, ...spec },
  };
}

/** Where objects of a resource are. */
export function pathOf(plural: string, namespace: string, of = 'v1'): string {
  return `/apis/${customGroup}/${of}/namespaces/${namespace}/${plural}`;
}

/** An object of a resource. */
export function custom(plural: string, name: string, parts: object, of = 'v1'): object {
  return { apiVersion: `${customGroup}/${of}`, kind: kindOf(plural), metadata: { name }, ...parts };
}

/** Waits until a resource is served in a version. */
export async function served(kubeConfig: AnyKubeConfig, plural: string, of = 'v1'): Promise<void> {
  const path = `/apis/${customGroup}/${of}/${plural}`;
  await eventually(async () => expect((await rawRequest(kubeConfig, 'GET', path)).status).toBe(200));
}

/** Makes a definition, waits until it is served, and deletes it when the test is over. */
export async function define(
  test: TestContext,
  kubeConfig: AnyKubeConfig,
  plural: string,
  body: object,
): Promise<void> {
  test.onTestFinished(async () => {
    await rawRequest(kubeConfig, 'DELETE', `${definitions}/${plural}.${customGroup}`);
  });
  await rawSuccess(kubeConfig, 'POST', definitions, { body });
  await served(kubeConfig, plural);
}

interface Failed {
  readonly details?: { readonly causes?: readonly { readonly field?: string; readonly message: string }[] };
}

/** What a Status complains about, in the order of the texts. */
export function complaints(body: unknown): string[] {
  const { causes = [] } = (body as Failed).details ?? {};
  return causes.map(({ field = '', message }) => `${field}: ${message}`).sort();
}
