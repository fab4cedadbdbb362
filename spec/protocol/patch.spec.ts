import type {
  CoreV1Event,
  V1ConfigMap,
  V1CustomResourceDefinition,
  V1Deployment,
  V1Pod,
} from '@kubernetes/client-node';
import { describe, expectTypeOf, it } from 'vitest';
import type { KubernetesObject, Raw, ResourceClient } from 'kuberx';
import type { ApplyPatch, JsonPatchOperation, MergePatch, Patch, StrategicMergePatch } from 'kuberx/http';

type Deployment = Raw<V1Deployment>;

interface Widget extends KubernetesObject {
  readonly spec: {
    readonly size: number;
    readonly parts?: readonly { readonly name: string; readonly count: number }[];
  };
}

declare const deployments: ResourceClient<Deployment>;
const name = { name: 'a', namespace: 'b' };

/** Type checked, never called. */
export function compiled(widgets: ResourceClient<Raw<Widget>>, anything: ResourceClient<Raw<KubernetesObject>>): void {
  void deployments.patch(name, { type: 'merge', body: { spec: { replicas: 3 } } });
  // @ts-expect-error -- misspelt
  void deployments.patch(name, { type: 'merge', body: { spec: { replics: 3 } } });
  // @ts-expect-error -- of another type
  void deployments.patch(name, { type: 'merge', body: { spec: { replicas: '3' } } });
  // @ts-expect-error -- misspelt
  void deployments.patch(name, { type: 'strategic', body: { specs: { replicas: 3 } } });
  // @ts-expect-error -- misspelt
  void deployments.patch(name, { type: 'strategic', body: { spec: { template: { spec: { container: [] } } } } });
  // @ts-expect-error -- no type of the object
  void deployments.patch(name, { type: 'apply', body: { spec: { replicas: 3 } } });
  const type = { apiVersion: 'apps/v1', kind: 'Deployment' } as const;
  void deployments.patch(name, { type: 'apply', body: { ...type, spec: { replicas: 3 } }, force: true });
  // @ts-expect-error -- misspelt
  void deployments.patch(name, { type: 'apply', body: { ...type, spec: { replics: 3 } } });
  void deployments.patch(name, { type: 'json', body: [{ op: 'replace', path: '/spec/replicas', value: 3 }] });
  // @ts-expect-error -- no such operation
  void deployments.patch(name, { type: 'json', body: [{ op: 'set', path: '/spec/replicas', value: 3 }] });
  // @ts-expect-error -- no value
  void deployments.patch(name, { type: 'json', body: [{ op: 'add', path: '/spec/replicas' }] });
  // @ts-expect-error -- no such type
  void deployments.patch(name, { type: 'json-patch', body: [] });

  void widgets.patch(name, { type: 'merge', body: { spec: { parts: [{ name: 'p', count: 1 }] } } });
  // @ts-expect-error -- misspelt
  void widgets.patch(name, { type: 'merge', body: { spec: { sise: 3 } } });
  // @ts-expect-error -- a merge patch replaces a list as a whole, with whole items
  void widgets.patch(name, { type: 'merge', body: { spec: { parts: [{ name: 'p' }] } } });
  void widgets.subresource('status').patch(name, { type: 'merge', body: { metadata: { labels: { a: null } } } });

  // Of a resource that is known by its name alone, any object.
  void anything.patch(name, { type: 'merge', body: { spec: { anything: 'goes' } } });
  void anything.patch(name, { type: 'apply', body: { apiVersion: 'a/v1', kind: 'B', spec: { anything: 'goes' } } });
  const loose: Patch = { type: 'merge', body: { spec: { anything: 'goes' } } };
  void anything.patch(name, loose);
}

describe('a patch', () => {
  it('removes by null what may be absent, where it merges', () => {
    expectTypeOf({ metadata: { annotations: null, labels: { app: null, tier: 'web' } } }).toExtend<
      MergePatch<Deployment>
    >();
    expectTypeOf({ data: { a: null } }).toExtend<MergePatch<Raw<V1ConfigMap>>>();
    expectTypeOf({ spec: { template: { spec: { hostNetwork: null } } } }).toExtend<StrategicMergePatch<Deployment>>();
    expectTypeOf({ spec: { replicas: null } }).not.toExtend<ApplyPatch<Deployment>>();
  });

  it('takes items of lists by parts, and directives, where lists are merged', () => {
    const containers = [
      { name: 'a', image: 'b' },
      { $patch: 'delete', name: 'c' },
    ] as const;
    const body = {
      spec: { template: { spec: { containers, $retainKeys: ['containers'], '$setElementOrder/containers': [] } } },
    };
    expectTypeOf(body).toExtend<StrategicMergePatch<Deployment>>();
    expectTypeOf({ spec: { containers: [{ name: 'a', ports: [{ containerPort: 80 }] }] } }).toExtend<
      StrategicMergePatch<Raw<V1Pod>>
    >();
  });

  it('has times and renamed fields as they are on the wire', () => {
    expectTypeOf({ firstTimestamp: '2026-01-01T00:00:00Z' }).toExtend<MergePatch<Raw<CoreV1Event>>>();
    expectTypeOf({ firstTimestamp: new Date() }).not.toExtend<MergePatch<Raw<CoreV1Event>>>();
    expectTypeOf<MergePatch<Raw<V1CustomResourceDefinition>>>().toHaveProperty('spec');
  });

  it('is an object of the resource itself, too', () => {
    expectTypeOf<Deployment>().toExtend<MergePatch<Deployment>>();
    expectTypeOf<Deployment>().toExtend<StrategicMergePatch<Deployment>>();
    expectTypeOf<Deployment>().toExtend<ApplyPatch<Deployment>>();
    expectTypeOf<{ op: 'test'; path: '/a'; value: null }>().toExtend<JsonPatchOperation>();
  });
});
