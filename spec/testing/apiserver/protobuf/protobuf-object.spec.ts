import { describe, expect, it } from 'vitest';
import { protobufObject } from '#src/testing/apiserver/protobuf/protobuf-object.ts';
import { builtInSchema } from '#src/testing/apiserver/types/built-in-schema.ts';
import { integer, message, part, parts } from './written.ts';

const read = (type: string, ...given: readonly Uint8Array[]): unknown =>
  protobufObject(builtInSchema(type), parts(...given));
const numberOf = (type: string, name: string): number =>
  builtInSchema(type).fields.find((field) => field.name === name)!.number;
const props = 'apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps';

describe('protobufObject', () => {
  it('writes what is not there as Go does', () => {
    expect(read('apps.v1.Deployment')).toEqual({
      metadata: {},
      spec: { selector: null, template: { metadata: {}, spec: { containers: null } }, strategy: {} },
      status: {},
    });
    expect(read('core.v1.ContainerPort')).toEqual({ containerPort: 0 });
  });

  it('tells zero from nothing where Go does', () => {
    expect(read('apps.v1.DeploymentSpec', integer(1, 0), integer(5, 0))).toMatchObject({ replicas: 0 });
    expect(read('apps.v1.DeploymentSpec', integer(5, 0))).not.toHaveProperty('minReadySeconds');
  });

  it('reads maps, and keys that nothing else would hold', () => {
    const entry = (key: string, value: string): Uint8Array => part(2, parts(part(1, key), part(2, value)));
    const read_ = read('core.v1.ConfigMap', entry('a', '1'), entry('__proto__', '2'), part(2, new Uint8Array()));
    expect(Object.entries((read_ as { data: object }).data)).toEqual([
      ['a', '1'],
      ['__proto__', '2'],
      ['', ''],
    ]);
  });

  it('reads a struct in several parts, and integers that are packed', () => {
    const labels = part(1, part(11, parts(part(1, 'a'), part(2, 'b'))));
    expect(read('core.v1.Pod', part(1, part(1, 'p')), labels)).toMatchObject({
      metadata: { name: 'p', labels: { a: 'b' } },
    });
    const groups = message((writer) => writer.uint32(34).fork().int64(7).int64(8).ldelim());
    expect(read('core.v1.PodSecurityContext', groups)).toEqual({ supplementalGroups: [7, 8] });
  });

  it('reads what is one of two things', () => {
    const text = part(numberOf(props, 'type'), 'string');
    const items = numberOf(props, 'items');
    const additional = numberOf(props, 'additionalProperties');
    expect(read(props, part(items, part(1, text)), part(additional, integer(1, 1)))).toEqual({
      items: { type: 'string' },
      additionalProperties: true,
    });
    expect(read(props, part(items, parts(part(2, text), part(2, text))))).toEqual({
      items: [{ type: 'string' }, { type: 'string' }],
    });
  });

  it('passes over what it does not know', () => {
    expect(read('core.v1.ContainerPort', part(99, 'x'), integer(3, 80))).toEqual({ containerPort: 80 });
  });

  it('refuses a field that is written as another type', () => {
    expect(() => read('core.v1.ContainerPort', part(3, 'x'))).toThrow('wrong wireType = 2 for field containerPort');
    expect(() => read('core.v1.ConfigMap', part(2, integer(2, 1)))).toThrow('wrong wireType = 0 for a map');
  });

  it('refuses what is nested too deep, and costs little', () => {
    let bytes = new Uint8Array();
    for (let level = 0; level < 5_000; level++) bytes = new Uint8Array(part(numberOf(props, 'not'), bytes));
    expect(() => read(props, bytes)).toThrow('it exceeds the depth of 500');
  });

  it('refuses more structs than a body may have', () => {
    const claims = Buffer.alloc(512 * 1024);
    for (let at = 0; at < claims.length; at += 2) claims.writeUInt16LE(0x0022, at);
    expect(() => read('apps.v1.StatefulSetSpec', claims)).toThrow('it has more than 200000 structs');
  });
});
