import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { KeyError, metaNamespaceKey, splitMetaNamespaceKey } from 'kuberx';
import type { ObjectReference } from 'kuberx/http';
import { DeletedFinalStateUnknown } from 'kuberx/queue';
import { type Keyed, ObjectName } from 'kuberx/store';

describe('ObjectName', () => {
  it('prints what it was parsed from, but for a leading slash, and refuses more slashes than one', () => {
    const letters = fc.constantFrom('a', 'b', '/');
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 10 }), (text) => {
        const slashes = text.split('/').length - 1;
        if (slashes > 1) {
          expect(() => ObjectName.parse(text)).toThrow(KeyError);
          return;
        }
        const name = ObjectName.parse(text);
        expect(String(name)).toBe(text.replace(/^\//, ''));
        expect(name.parts()).toEqual(splitMetaNamespaceKey(text));
        expect(ObjectName.parse(String(name))).toEqual(name);
      }),
    );
  });

  it('is a value: equal by its parts, and one key of a Map', () => {
    const name = new ObjectName({ namespace: 'default', name: 'a' });
    expect(name.equals(ObjectName.parse('default/a'))).toBe(true);
    expect(name.equals({ namespace: 'default', name: 'b' })).toBe(false);
    expect(name.equals({ name: 'a' })).toBe(false);
    expect(new ObjectName({ name: 'node-1' }).equals({ name: 'node-1', namespace: '' })).toBe(true);
    expect(ObjectName.parse('/a').equals(ObjectName.parse('a'))).toBe(true);
    expect(JSON.stringify(name)).toBe('{"namespace":"default","name":"a"}');
    expect(new Map([[String(name), 1]]).get('default/a')).toBe(1);
  });

  it('is the name of an object and of a tombstone, and prints its key', () => {
    const pod: Keyed = { metadata: { namespace: 'default', name: 'a' } };
    expect(ObjectName.of(pod)).toEqual(new ObjectName(pod.metadata));
    expect(String(ObjectName.of(pod))).toBe(metaNamespaceKey(pod));
    expect(String(ObjectName.of({ metadata: { name: 'node-1' } }))).toBe('node-1');
    expect(ObjectName.of(new DeletedFinalStateUnknown('default/a', undefined))).toEqual(ObjectName.of(pod));
    expectTypeOf(ObjectName.of(pod)).toExtend<ObjectReference>();
  });

  it('refuses what has no name', () => {
    expect(() => ObjectName.of(null as unknown as Keyed)).toThrow(KeyError);
    expect(() => new ObjectName({ namespace: 'default' } as ObjectReference)).toThrow(
      new KeyError('the namespace and the name of an ObjectName are texts'),
    );
    expect(() => new ObjectName({ namespace: 7, name: 'a' } as unknown as ObjectReference)).toThrow(KeyError);
  });
});
