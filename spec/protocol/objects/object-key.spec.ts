import { describe, expect, it } from 'vitest';
import { KeyError, metaNamespaceKey, splitMetaNamespaceKey } from 'kuberx';
import { DeletedFinalStateUnknown, deletionHandlingMetaNamespaceKey } from 'kuberx/queue';
import type { Keyed } from 'kuberx/store';
import { isKeyOf } from '#src/protocol/objects/object-key.ts';

const named = (name: string, namespace?: string): Keyed => ({
  metadata: namespace === undefined ? { name } : { name, namespace },
});

describe('isKeyOf', () => {
  it.each([
    ['default/a', named('a', 'default')],
    ['node-1', named('node-1')],
    ['node-1', named('node-1', '')],
  ])('knows the key %j', (key, object) => {
    expect(isKeyOf(key, object)).toBe(true);
    expect(metaNamespaceKey(object)).toBe(key);
  });

  it.each([
    ['default/b', named('a', 'default')],
    ['defaulta/', named('a', 'default')],
    ['a', named('a', 'default')],
    ['default/a', named('default/')],
    ['', named('')],
    [0, named('a')],
    ['undefined', { metadata: {} }],
    ['5/a', { metadata: { name: 'a', namespace: 5 } }],
    ['a', undefined],
    ['a', null],
  ])('refuses %j for %j', (key, object) => {
    expect(isKeyOf(key, object as Keyed)).toBe(false);
  });
});

describe('metaNamespaceKey', () => {
  it('is namespace/name, or the name of what has no namespace', () => {
    expect(metaNamespaceKey(named('a', 'default'))).toBe('default/a');
    expect(metaNamespaceKey(named('node-1'))).toBe('node-1');
    expect(metaNamespaceKey(named('node-1', ''))).toBe('node-1');
  });

  it('takes any text for a name', () => {
    expect(metaNamespaceKey(named('__proto__', 'constructor'))).toBe('constructor/__proto__');
  });

  it.each([
    [null, 'cannot key null as an object'],
    [undefined, 'cannot key undefined as an object'],
    ['default/a', 'cannot key string as an object'],
    [{}, 'cannot key an object without metadata'],
    [{ metadata: null }, 'cannot key an object without metadata'],
    [{ metadata: { namespace: 'default' } }, 'cannot key an object without metadata.name'],
    [{ metadata: { name: '' } }, 'cannot key an object without metadata.name'],
    [{ metadata: { name: 7 } }, 'cannot key an object without metadata.name'],
    [{ metadata: { name: 'a', namespace: {} } }, 'cannot key an object whose metadata.namespace is of type object'],
  ])('refuses %j: %s', (given, message) => {
    expect(() => metaNamespaceKey(given as Keyed)).toThrow(new KeyError(message));
  });
});

describe('deletionHandlingMetaNamespaceKey', () => {
  it('is the key of a tombstone, with or without an object, and of any other value', () => {
    expect(deletionHandlingMetaNamespaceKey(named('a', 'default'))).toBe('default/a');
    expect(deletionHandlingMetaNamespaceKey(new DeletedFinalStateUnknown('default/b', named('stale')))).toBe(
      'default/b',
    );
    expect(deletionHandlingMetaNamespaceKey(new DeletedFinalStateUnknown('default/b', undefined))).toBe('default/b');
    expect(() => deletionHandlingMetaNamespaceKey({} as Keyed)).toThrow(KeyError);
  });
});

describe('splitMetaNamespaceKey', () => {
  it.each([
    ['default/a', ['default', 'a']],
    ['node-1', ['', 'node-1']],
    ['/a', ['', 'a']],
    ['default/', ['default', '']],
    ['', ['', '']],
  ])('splits %j into %j', (key, parts) => {
    expect(splitMetaNamespaceKey(key)).toEqual(parts);
  });

  it('refuses more than one slash, and what is not a string', () => {
    expect(() => splitMetaNamespaceKey('a/b/c')).toThrow(
      expect.objectContaining({
        name: 'KeyError',
        key: 'a/b/c',
        message: '"a/b/c" is not a key: it has more than one slash; expected namespace/name',
      }),
    );
    expect(() => splitMetaNamespaceKey(undefined as unknown as string)).toThrow(
      new KeyError('a key is a text, not undefined'),
    );
  });
});
