import { describe, expect, it } from 'vitest';
import {
  builtInKind,
  builtInKinds,
  builtInNames,
  builtInSchema,
} from '#src/testing/apiserver/types/built-in-schema.ts';

const fieldOf = (type: string, name: string) => builtInSchema(type).fields.find((each) => each.name === name);

describe('builtInSchema', () => {
  it('reads every type of the table', () => {
    const all = [...builtInNames()].map(builtInSchema);
    expect(all.length).toBeGreaterThan(400);
    for (const { fields } of all) {
      expect(new Set(fields.map(({ number }) => number)).size).toBe(fields.length);
      for (const { type } of fields) if (type.length > 1) builtInSchema(type);
    }
  });

  it('says how lists are merged and written', () => {
    expect(fieldOf('core.v1.PodSpec', 'containers')).toMatchObject({
      number: 2,
      type: 'core.v1.Container',
      holds: 'list',
      listType: 'map',
      listKeys: ['name'],
      strategy: 'merge',
      mergeKey: 'name',
      isRequired: true,
    });
    expect(fieldOf('core.v1.ContainerPort', 'protocol')).toMatchObject({ type: 's', holds: 'one', standard: 'TCP' });
    expect(fieldOf('core.v1.Container', 'ports')).toMatchObject({ listKeys: ['containerPort', 'protocol'] });
    expect(fieldOf('core.v1.Secret', 'data')).toMatchObject({ type: 'y', holds: 'map' });
    expect(fieldOf('core.v1.Volume', '')).toMatchObject({ isInline: true, type: 'core.v1.VolumeSource' });
    expect(fieldOf('apps.v1.DeploymentSpec', 'replicas')).toMatchObject({ isPointer: true, omitsEmpty: true });
    expect(builtInSchema('meta.v1.LabelSelector').isAtomic).toBe(true);
  });

  it('refuses a name that nothing has', () => {
    expect(() => builtInSchema('core.v1.Nothing')).toThrow('no built-in type is called core.v1.Nothing');
  });
});

describe('builtInKind', () => {
  it('finds the type of a kind', () => {
    expect(builtInKind('apps/v1', 'Deployment')?.name).toBe('apps.v1.Deployment');
    expect(builtInKind('rbac.authorization.k8s.io/v1', 'Role')?.name).toBe('rbac.v1.Role');
    expect(builtInKind('apps/v1', 'Widget')).toBeUndefined();
    expect([...builtInKinds()]).toContain('policy/v1/Eviction');
  });
});
