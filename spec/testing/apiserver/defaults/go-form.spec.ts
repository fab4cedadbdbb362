import { describe, expect, it } from 'vitest';
import { goForm } from '#src/testing/apiserver/defaults/go-form.ts';
import { builtInSchema } from '#src/testing/apiserver/types/built-in-schema.ts';

const form = (type: string, value: Record<string, unknown>): unknown => goForm(builtInSchema(type), value);

describe('goForm', () => {
  it('leaves out what is null or empty, and adds what is always there', () => {
    expect(form('core.v1.Container', { name: 'c', image: '', args: [], env: null, tty: false })).toEqual({
      name: 'c',
      resources: {},
    });
    expect(form('rbac.v1.ClusterRole', { rules: [] })).toEqual({ metadata: {}, rules: null });
  });

  it('keeps what is zero where it is told apart from nothing', () => {
    expect(form('apps.v1.DeploymentSpec', { replicas: 0, minReadySeconds: 0 })).toMatchObject({ replicas: 0 });
    expect(form('apps.v1.DeploymentSpec', { minReadySeconds: 0 })).not.toHaveProperty('minReadySeconds');
  });

  it('leaves out what the type does not know, and takes an own __proto__ for what it is', () => {
    const containers = [{ name: 'c', imagePolicy: 'x' }];
    expect(form('core.v1.PodSpec', { containers, a: 1 })).toEqual({ containers: [{ name: 'c', resources: {} }] });
    const data = JSON.parse('{"__proto__":"x"}') as object;
    expect(Object.entries((form('core.v1.ConfigMap', { data }) as { data: object }).data)).toEqual([
      ['__proto__', 'x'],
    ]);
    const polluted = form(
      'core.v1.ConfigMap',
      JSON.parse('{"__proto__":{"data":{"a":"b"}}}') as Record<string, unknown>,
    );
    expect(polluted).toEqual({ metadata: {} });
  });

  it('writes quantities in their canonical form', () => {
    const limits = { cpu: 0.5, memory: '1024Ki', odd: 'x' };
    expect(form('core.v1.ResourceRequirements', { limits })).toEqual({
      limits: { cpu: '500m', memory: '1Mi', odd: 'x' },
    });
  });

  it('lets be what is of another type', () => {
    expect(form('core.v1.PodSpec', { containers: 'x', nodeSelector: [] })).toMatchObject({
      containers: 'x',
      nodeSelector: [],
    });
  });

  it('fills in from the inside out', () => {
    const seen: string[] = [];
    goForm(builtInSchema('apps.v1.Deployment'), {}, (type) => seen.push(type));
    expect(seen.indexOf('core.v1.PodSpec')).toBeLessThan(seen.indexOf('apps.v1.DeploymentSpec'));
  });
});
