import { describe, expect, it } from 'vitest';
import {
  addBuiltInSchemas,
  openApiName,
  type OpenApiSchema,
  reference,
} from '#src/testing/apiserver/discovery/built-in-open-api.ts';

function schemas(type: string): Map<string, OpenApiSchema> {
  const all = new Map<string, OpenApiSchema>();
  addBuiltInSchemas(all, type);
  return all;
}

describe('addBuiltInSchemas', () => {
  it('adds a type, and all that it refers to', () => {
    const all = schemas('apps.v1.Deployment');
    expect([...all.keys()]).toContain('io.k8s.api.core.v1.PodSpec');
    const referred = [...JSON.stringify([...all]).matchAll(/#\/components\/schemas\/([^"]+)/gu)].map(
      ([, name]) => name,
    );
    expect(referred.filter((name) => !all.has(name!))).toEqual([]);
  });

  it('says how lists are shared and patched, what is required, and what stands for what is missing', () => {
    expect(schemas('core.v1.Container').get('io.k8s.api.core.v1.Container')).toMatchObject({
      required: ['name'],
      properties: {
        name: { type: 'string', default: '' },
        ports: {
          type: 'array',
          items: { allOf: [reference('io.k8s.api.core.v1.ContainerPort')], default: {} },
          'x-kubernetes-list-map-keys': ['containerPort', 'protocol'],
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-patch-merge-key': 'containerPort',
          'x-kubernetes-patch-strategy': 'merge',
        },
      },
    });
  });

  it('writes the fields of parts in their place', () => {
    const volume = schemas('core.v1.Volume').get('io.k8s.api.core.v1.Volume') as { properties: object };
    expect(Object.keys(volume.properties)).toEqual(expect.arrayContaining(['name', 'configMap', 'emptyDir']));
  });

  it('goes round types that hold themselves', () => {
    const props = 'apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps';
    expect([...schemas(props).keys()]).toContain(openApiName(props));
  });
});
