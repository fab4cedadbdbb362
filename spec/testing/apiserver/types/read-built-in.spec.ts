import { describe, expect, it } from 'vitest';
import { builtInKind } from '#src/testing/apiserver/types/built-in-schema.ts';
import { readBuiltIn } from '#src/testing/apiserver/types/read-built-in.ts';

const pod = builtInKind('v1', 'Pod')!;
const deployment = builtInKind('apps/v1', 'Deployment')!;
const service = builtInKind('v1', 'Service')!;
const definition = builtInKind('apiextensions.k8s.io/v1', 'CustomResourceDefinition')!;

describe('readBuiltIn', () => {
  it('takes an object as it is where its type knows all of it', () => {
    const object = {
      kind: 'Pod',
      apiVersion: 'v1',
      metadata: { name: 'a', labels: { a: 'b' }, creationTimestamp: '2026-01-01T00:00:00Z' },
      spec: {
        containers: [{ name: 'c', resources: { limits: { cpu: 1, memory: '1Gi' } }, ports: [{ containerPort: 80 }] }],
        volumes: [{ name: 'v', emptyDir: {} }],
        terminationGracePeriodSeconds: 30n,
      },
    };
    const { content, unknown } = readBuiltIn(object, pod);
    expect(content).toBe(object);
    expect(unknown).toEqual([]);
  });

  it('leaves out what its type does not know, and nulls, and says where the former were', () => {
    const object = {
      zed: 1,
      metadata: { name: 'a', bar: 2, labels: { a: null }, creationTimestamp: null },
      spec: { containers: [{ name: 'c', imag: 'x' }, null], Volumes: [] },
    };
    expect(readBuiltIn(object, pod)).toEqual({
      content: { metadata: { name: 'a', labels: { a: '' } }, spec: { containers: [{ name: 'c' }, {}] } },
      unknown: ['zed', 'metadata.bar', 'spec.containers[0].imag', 'spec.Volumes'],
    });
    expect(readBuiltIn({ b: 1, a: 1 }, pod, true).unknown).toEqual(['a', 'b']);
    const hostile = JSON.parse('{"__proto__":{"x":1},"metadata":{"labels":{"__proto__":"x"}}}') as object;
    const read = readBuiltIn({ ...hostile }, pod);
    expect(read.unknown).toEqual(['__proto__']);
    expect(JSON.stringify(read.content)).toBe('{"metadata":{"labels":{"__proto__":"x"}}}');
  });

  it('reads schemas in schemas, of each form', () => {
    const schema = {
      properties: { a: { patern: 'x', items: { x: 1 }, additionalProperties: { y: 1 } } },
      items: [{ z: 1 }],
      additionalProperties: true,
      dependencies: { d: ['a'], e: { w: 1 } },
      default: { anything: 1 },
      enum: [{ any: 1 }],
    };
    const versions = [{ name: 'v1', schema: { openAPIV3Schema: schema }, subresources: { status: {} } }];
    const at = 'spec.versions[0].schema.openAPIV3Schema';
    expect(readBuiltIn({ spec: { versions } }, definition).unknown).toEqual([
      `${at}.properties.a.patern`,
      `${at}.properties.a.items.x`,
      `${at}.properties.a.additionalProperties.y`,
      `${at}.items[0].z`,
      `${at}.dependencies.e.w`,
    ]);
  });

  it.each([
    [
      { spec: { replicas: 'x' } },
      'cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    ],
    [
      { spec: { replicas: 1.5 } },
      'cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32',
    ],
    [{ spec: 'x' }, 'cannot unmarshal string into Go struct field Deployment.spec of type v1.DeploymentSpec'],
    [
      { spec: { template: 'x' } },
      'cannot unmarshal string into Go struct field DeploymentSpec.spec.template of type v1.PodTemplateSpec',
    ],
    [
      { spec: { template: { spec: { containers: {} } } } },
      'cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container',
    ],
    [
      { metadata: { labels: [] } },
      'cannot unmarshal array into Go struct field ObjectMeta.metadata.labels of type map[string]string',
    ],
    [
      { metadata: { labels: { a: true } } },
      'cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type string',
    ],
    [{ spec: { paused: 1 } }, 'cannot unmarshal number into Go struct field DeploymentSpec.spec.paused of type bool'],
  ])('refuses %j in the words of Go', (object, why) => {
    expect(() => readBuiltIn(object, deployment)).toThrow(`json: ${why}`);
  });

  it('refuses quantities, ports and times of another form', () => {
    const limited = (cpu: unknown) => ({ spec: { containers: [{ resources: { limits: { cpu } } }] } });
    expect(() => readBuiltIn(limited('1x y'), pod)).toThrow('quantities must match the regular expression');
    expect(() => readBuiltIn(limited({}), pod)).toThrow('quantities must match');
    const port = (targetPort: unknown) => readBuiltIn({ spec: { ports: [{ targetPort }] } }, service);
    expect(() => port(true)).toThrow('json: cannot unmarshal bool into Go value of type int32');
    expect(port('http').unknown).toEqual([]);
    expect(() => readBuiltIn({ metadata: { creationTimestamp: 'junk' } }, pod)).toThrow('parsing time "junk" as');
    expect(() => readBuiltIn({ metadata: { creationTimestamp: 5 } }, pod)).toThrow('of type v1.Time');
  });
});
