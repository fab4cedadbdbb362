import { expect, it } from 'vitest';
import { KubeError } from 'kuberx';
import { ApiServer } from 'kuberx/testing/apiserver';

const server = (): ApiServer => new ApiServer({ listen: false });

it('stores a manifest by its kind, in the namespace default where it names none', () => {
  const applied = server().applyManifest({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } });
  expect(applied).toMatchObject({ kind: 'Deployment', metadata: { namespace: 'default', name: 'web' } });
});

it('gives no namespace to what has none, and leaves one that is named', () => {
  const at = server();
  const namespace = at.applyManifest({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
  expect(namespace.metadata.namespace).toBeUndefined();
  at.applyManifest({ apiVersion: 'v1', kind: 'Secret', metadata: { namespace: 'shop', name: 'key' } });
  expect(at.get('v1/secrets', 'shop/key')).toBeDefined();
});

it('replaces what is there', () => {
  const at = server();
  const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
  const { uid } = at.applyManifest(manifest).metadata;
  const replaced = at.applyManifest({ ...manifest, data: { a: 'b' } });
  expect(replaced).toMatchObject({ data: { a: 'b' }, metadata: { uid } });
});

it.each<[string, unknown, string]>([
  ['what is not an object', null, 'the manifest is not an object'],
  ['a manifest without a kind', { apiVersion: 'v1' }, 'the manifest has no apiVersion, or no kind'],
  ['a kind that is not served', { apiVersion: 'v1', kind: 'Pot' }, 'no matches for kind "Pot" in version "v1"'],
  [
    'a kind that is only asked',
    { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview' },
    'no matches for kind "SelfSubjectAccessReview" in version "authorization.k8s.io/v1"',
  ],
])('refuses %s', (_, manifest, message) => {
  let error: unknown;
  try {
    server().applyManifest(manifest as object);
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(KubeError);
  expect((error as KubeError).message).toContain(message);
});
