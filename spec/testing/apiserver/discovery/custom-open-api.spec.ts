import { describe, expect, it } from 'vitest';
import { customObjectSchema } from '#src/testing/apiserver/discovery/custom-open-api.ts';

describe('customObjectSchema', () => {
  it('keeps what a definition says, and adds what every object has', () => {
    const spec = { type: 'object', description: 'Wanted.', properties: { size: { type: 'integer', default: 3 } } };
    expect(customObjectSchema({ type: 'object', required: ['spec'], properties: { spec } })).toMatchObject({
      type: 'object',
      required: ['spec'],
      properties: {
        apiVersion: { type: 'string' },
        kind: { type: 'string' },
        metadata: { allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' }] },
        spec,
      },
    });
  });

  it('tells of objects within objects, and of what is an integer or a text', () => {
    const items = { type: 'object', 'x-kubernetes-embedded-resource': true };
    const port = { 'x-kubernetes-int-or-string': true };
    const list = { type: 'array', items };
    expect(customObjectSchema({ type: 'object', properties: { list, port } })).toMatchObject({
      properties: {
        list: { items: { required: ['kind', 'apiVersion'], properties: { kind: { type: 'string' } } } },
        port: { anyOf: [{ type: 'integer' }, { type: 'string' }] },
      },
    });
  });

  it('says of what has no schema that it is an object', () => {
    expect(customObjectSchema(undefined)).toMatchObject({ type: 'object', properties: { kind: { type: 'string' } } });
  });
});
