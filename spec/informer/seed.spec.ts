import { describe, expect, it } from 'vitest';
import { type KubernetesObject, type Seed, SeedError, sharedInformer } from 'kuberx';
import { buildObject, fakeListerWatcher } from 'kuberx/testing';
import { checkedSeed } from '#src/informer/seed.ts';

const a = buildObject('default/a', '4');
const given = (seed: unknown): Seed<KubernetesObject> => seed as Seed<KubernetesObject>;
const sparse: unknown[] = [a];
sparse.length = 2;
const throwing = new Proxy({}, { getOwnPropertyDescriptor: () => fail() });
function fail(): never {
  throw new Error('no reading');
}

describe('checkedSeed', () => {
  it('returns the objects with their keys, the version and the time', () => {
    const seed = { objects: [a, buildObject('node-1', '3')], resourceVersion: '5', asOf: 7 };
    expect(checkedSeed('v1/pods', seed)).toEqual({
      objects: [
        { key: 'default/a', object: seed.objects[0] },
        { key: 'node-1', object: seed.objects[1] },
      ],
      resourceVersion: '5',
      asOf: 7,
    });
  });

  it('takes an empty state, and the versions of an aggregated API', () => {
    expect(checkedSeed('v1/pods', { objects: [], resourceVersion: 'rev:7-x' }).resourceVersion).toBe('rev:7-x');
  });

  it.each<[string, unknown, string]>([
    ['null', null, 'it is null'],
    ['a text', '{}', 'it is of type string'],
    ['a state without objects', { resourceVersion: '5' }, 'its objects are missing'],
    ['a list as the server sends it', { items: [a], metadata: { resourceVersion: '5' } }, 'its objects are missing'],
    ['objects that are no array', { objects: new Set([a]), resourceVersion: '5' }, 'its objects are of type object'],
    [
      'an object without a name',
      { objects: [a, { metadata: {} }], resourceVersion: '5' },
      'its object 1 has no metadata.name',
    ],
    ['an object that is null', { objects: [null], resourceVersion: '5' }, 'its object 0 has no metadata.name'],
    ['a hole', { objects: sparse, resourceVersion: '5' }, 'its object 1 has no metadata.name'],
    ['an empty name', { objects: [{ metadata: { name: '' } }], resourceVersion: '5' }, 'its object 0 has no key'],
    [
      'a namespace that is no text',
      { objects: [{ metadata: { name: 'a', namespace: 5 } }], resourceVersion: '5' },
      'its object 0 has no key',
    ],
    ['two objects of one name', { objects: [a, a], resourceVersion: '5' }, 'its objects 0 and 1 have one name'],
    ['no version', { objects: [a] }, 'its resourceVersion is missing'],
    ['a number as version', { objects: [a], resourceVersion: 5 }, 'its resourceVersion is of type number'],
    ['an empty version', { objects: [a], resourceVersion: '' }, 'its resourceVersion is ""'],
    ['any version', { objects: [a], resourceVersion: '0' }, 'its resourceVersion is "0"'],
    [
      'a version that was missing',
      { objects: [a], resourceVersion: 'undefined' },
      'its resourceVersion is "undefined"',
    ],
    ['a version of two lines', { objects: [a], resourceVersion: '5\n6' }, 'its resourceVersion is "5 6"'],
    ['a version without end', { objects: [a], resourceVersion: '9'.repeat(100_000) }, 'its resourceVersion is "999'],
    ['a date as time', { objects: [a], resourceVersion: '5', asOf: new Date(0) }, 'its asOf is not a time'],
    ['an invalid time', { objects: [a], resourceVersion: '5', asOf: NaN }, 'its asOf is not a time'],
    [
      'a prototype of JSON',
      JSON.parse('{"__proto__":{"objects":[],"resourceVersion":"5"}}'),
      'its objects are missing',
    ],
    ['what it inherits', { __proto__: { objects: [], resourceVersion: '5' } }, 'its objects are missing'],
    [
      'an object whose name is inherited',
      { objects: [{ metadata: { __proto__: { name: 'a' } } }], resourceVersion: '5' },
      'its object 0 has no metadata.name',
    ],
    [
      'an object of a prototype of JSON',
      { objects: [JSON.parse('{"__proto__":{"metadata":{"name":"a"}}}')], resourceVersion: '5' },
      'its object 0 has no metadata.name',
    ],
    ['a proxy that throws', throwing, 'reading it threw'],
  ])('refuses %s, and the informer is not made', (_, seed, message) => {
    const make = (): unknown => sharedInformer(fakeListerWatcher([]), { seed: given(seed) });
    expect(make).toThrow(SeedError);
    expect(make).toThrow(`the seed of v1/pods is invalid: ${message}`);
  });

  it('shows nothing of an object in its error', () => {
    const secret = { metadata: { namespace: 'default' }, data: { password: 'hunter2' } };
    expect(() => checkedSeed('v1/secrets', given({ objects: [secret], resourceVersion: '5' }))).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hunter2') as string }) as Error,
    );
  });
});
