import { describe, expect, it } from 'vitest';
import { goForm } from '#src/testing/apiserver/defaults/go-form.ts';
import { builtInSchema } from '#src/testing/apiserver/types/built-in-schema.ts';

const form = (type: string, value: Record<string, unknown>) => goForm(builtInSchema(type), value);

describe('goForm', () => {
  it('leaves out what is null or empty, and adds what is always there', () => {
    expect(form('core.v1.Container', { name: 'c', image: '', args: [], env: null, tty: false }).value).toEqual({
      name: 'c',
      resources: {},
    });
    expect(form('rbac.v1.ClusterRole', { rules: [] }).value).toEqual({ metadata: {}, rules: null });
  });

  it('keeps what is zero where it is told apart from nothing', () => {
    expect(form('apps.v1.DeploymentSpec', { replicas: 0, minReadySeconds: 0 }).value).toMatchObject({ replicas: 0 });
    expect(form('apps.v1.DeploymentSpec', { minReadySeconds: 0 }).value).not.toHaveProperty('minReadySeconds');
  });

  it('names the fields that it does not know by their paths', () => {
    const containers = [{ name: 'c', imagePolicy: 'x' }];
    expect(form('core.v1.Pod', { kind: 'Pod', apiVersion: 'v1', spec: { containers, a: 1 }, b: 2 })).toMatchObject({
      unknown: ['spec.containers[0].imagePolicy', 'spec.a', 'b'],
      value: { spec: { containers: [{ name: 'c' }] } },
    });
  });

  it('takes an own __proto__ for what it is', () => {
    const data = JSON.parse('{"__proto__":"x"}') as object;
    expect(Object.entries((form('core.v1.ConfigMap', { data }).value as { data: object }).data)).toEqual([
      ['__proto__', 'x'],
    ]);
    expect(form('core.v1.ConfigMap', JSON.parse('{"__proto__":{}}') as Record<string, unknown>).unknown).toEqual([
      '__proto__',
    ]);
  });

  it.each([
    [
      'apps.v1.Deployment',
      { spec: { replicas: 'x' } },
      'string into Go struct field DeploymentSpec.spec.replicas of type int32',
    ],
    [
      'apps.v1.Deployment',
      { spec: { replicas: 1.5 } },
      'number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32',
    ],
    [
      'core.v1.Pod',
      { spec: { containers: {} } },
      'object into Go struct field PodSpec.spec.containers of type []v1.Container',
    ],
    ['core.v1.Pod', { spec: [] }, 'array into Go struct field Pod.spec of type v1.PodSpec'],
    ['core.v1.ConfigMap', { data: { a: 1 } }, 'number 1 into Go struct field ConfigMap.data of type string'],
  ])('refuses of %s the value %j', (type, value, text) => {
    expect(() => form(type, value)).toThrow(`json: cannot unmarshal ${text}`);
  });
});
