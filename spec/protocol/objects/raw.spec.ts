import * as clientNode from '@kubernetes/client-node';
import type {
  V1ConfigMap,
  V1CustomResourceDefinitionVersion,
  V1JSONSchemaProps,
  V1Lease,
  V1NetworkPolicyIngressRule,
  V1Pod,
} from '@kubernetes/client-node';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { KubernetesObject } from 'kuberx';
import type { JsonSchemaWireNames, Raw, RawValue, WireNames } from '#src/protocol/objects/raw.ts';

const everywhere = {
  _continue: 'continue',
  _default: 'default',
  _enum: 'enum',
  _from: 'from',
  _int: 'int',
  x_kubernetes_embedded_resource: 'x-kubernetes-embedded-resource',
  x_kubernetes_int_or_string: 'x-kubernetes-int-or-string',
  x_kubernetes_list_map_keys: 'x-kubernetes-list-map-keys',
  x_kubernetes_list_type: 'x-kubernetes-list-type',
  x_kubernetes_map_type: 'x-kubernetes-map-type',
  x_kubernetes_preserve_unknown_fields: 'x-kubernetes-preserve-unknown-fields',
  x_kubernetes_validations: 'x-kubernetes-validations',
} as const;
const inSchemas = { ref: '$ref', schema: '$schema' } as const;

interface Attribute {
  readonly model: string;
  readonly name: string;
  readonly baseName: string;
  readonly type: string;
}

/** Every field of every model of client-node, with its name there and on the wire. */
const attributes: readonly Attribute[] = Object.entries(clientNode).flatMap(([model, value]) => {
  const { getAttributeTypeMap } = value as { getAttributeTypeMap?: () => Omit<Attribute, 'model'>[] };
  return getAttributeTypeMap === undefined
    ? []
    : getAttributeTypeMap.call(value).map((attribute) => ({ ...attribute, model }));
});

describe('the wire names', () => {
  it('are those of client-node’s models', () => {
    expect(attributes.length).toBeGreaterThan(2000);
    const renamed = attributes.filter(({ name, baseName }) => name !== baseName);
    expect(renamed.length).toBeGreaterThan(12);
    const isSchema = ({ model, name }: Attribute) => model === 'V1JSONSchemaProps' && name in inSchemas;
    const table = (of: readonly Attribute[]) => Object.fromEntries(of.map(({ name, baseName }) => [name, baseName]));
    expect(table(renamed.filter((attribute) => !isSchema(attribute)))).toEqual(everywhere);
    expect(table(renamed.filter(isSchema))).toEqual(inSchemas);
    // Nowhere does a model have such a name on the wire, so the table may hold for all of them.
    const kept = attributes.filter(({ name, baseName }) => name === baseName).map(({ name }) => name);
    expect(kept.filter((name) => name in everywhere)).toEqual([]);
    // And JSON schemas are known by a field that no other model has.
    const marked = attributes.filter(({ name }) => name === 'x_kubernetes_int_or_string');
    expect(marked.map(({ model }) => model)).toEqual(['V1JSONSchemaProps']);
    expectTypeOf<typeof everywhere>().toEqualTypeOf<WireNames>();
    expectTypeOf<typeof inSchemas>().toEqualTypeOf<JsonSchemaWireNames>();
  });

  it('take the place of client-node’s', () => {
    type Rule = RawValue<V1NetworkPolicyIngressRule>;
    expectTypeOf<keyof Rule>().toEqualTypeOf<'from' | 'ports'>();
    type Schema = RawValue<V1JSONSchemaProps>;
    expectTypeOf<Extract<keyof Schema, '$ref' | '$schema' | 'default' | 'ref' | '_default'>>().toEqualTypeOf<
      '$ref' | '$schema' | 'default'
    >();
    expectTypeOf<Schema['x-kubernetes-list-map-keys']>().toEqualTypeOf<readonly string[] | undefined>();
    expectTypeOf<keyof RawValue<V1CustomResourceDefinitionVersion>>().toEqualTypeOf<
      keyof V1CustomResourceDefinitionVersion
    >();
  });
});

describe('Raw', () => {
  it('is an object of this library', () => {
    expectTypeOf<Raw<V1Pod>>().toExtend<KubernetesObject>();
    expectTypeOf<Raw<V1Lease>>().toExtend<KubernetesObject>();
    expectTypeOf<Raw<KubernetesObject>>().toExtend<KubernetesObject>();
  });

  it('has what the decoder guarantees', () => {
    expectTypeOf<Raw<V1Pod>['kind']>().toEqualTypeOf<string>();
    expectTypeOf<Raw<V1Pod>['metadata']['name']>().toEqualTypeOf<string>();
    expectTypeOf<Raw<V1Pod>['metadata']['uid']>().toEqualTypeOf<string>();
    expectTypeOf<Raw<V1Pod>['metadata']['namespace']>().toEqualTypeOf<string | undefined>();
  });

  it('has times as text, maps and lists, and nothing to write to', () => {
    expectTypeOf<Raw<V1Pod>['metadata']['creationTimestamp']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<NonNullable<Raw<V1Lease>['spec']>['renewTime']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<Raw<V1ConfigMap>['data']>().toEqualTypeOf<{ readonly [name: string]: string } | undefined>();
    expectTypeOf<NonNullable<Raw<V1Pod>['spec']>['containers'][number]['name']>().toEqualTypeOf<string>();
    const freeze = (pod: Raw<V1Pod>) => {
      // @ts-expect-error -- Objects are read-only.
      pod.metadata.labels = {};
      // @ts-expect-error -- Lists are read-only.
      pod.spec!.containers.length = 0;
    };
    expect(freeze).toBeTypeOf('function');
  });

  it('is the same again where it is applied to what is raw', () => {
    expectTypeOf<RawValue<RawValue<V1Pod>>>().toEqualTypeOf<RawValue<V1Pod>>();
  });
});
