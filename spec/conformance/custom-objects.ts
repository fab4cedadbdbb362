import { expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import {
  complaints,
  custom,
  define,
  definition,
  definitions,
  mergePatch,
  pathOf,
  schemaOf,
  version,
} from './define.ts';
import { rawRequest, rawSuccess } from './raw-request.ts';
import { Scene } from './scene.ts';
import { customGroup, type Subject } from './server.ts';

const integer = { type: 'integer' };
const text = { type: 'string' };
const object = { type: 'object' };
const two = { ...object, properties: { x: integer, y: integer } };
const keyed = (keys: readonly string[], properties: object, required: readonly string[]) => ({
  type: 'array',
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': keys,
  items: { ...object, required, properties },
});

/** One of each that a schema can ask of a value. */
const fields = {
  needed: text,
  int: { ...integer, minimum: 1, maximum: 10 },
  between: { ...integer, minimum: 1, exclusiveMinimum: true, maximum: 10, exclusiveMaximum: true },
  half: { type: 'number', multipleOf: 0.5 },
  small: { ...integer, format: 'int32' },
  flag: { type: 'boolean' },
  word: { ...text, minLength: 2, maxLength: 4, pattern: '^[a-z]+$' },
  oneOf: { ...text, enum: ['a', 'b'] },
  date: { ...text, format: 'date-time' },
  bytes: { ...text, format: 'byte' },
  address: { ...text, format: 'ipv4' },
  uuid: { ...text, format: 'uuid' },
  unknownFormat: { ...text, format: 'nobody-knows' },
  list: { type: 'array', minItems: 1, maxItems: 2, items: text },
  set: { type: 'array', 'x-kubernetes-list-type': 'set', items: text },
  byName: keyed(['name'], { name: text, v: integer }, ['name']),
  byTwo: keyed(['a', 'b'], { a: text, b: { ...integer, default: 1 } }, ['a']),
  map: { ...object, additionalProperties: integer, maxProperties: 2 },
  portOrName: { 'x-kubernetes-int-or-string': true },
  nothing: { ...text, nullable: true },
  either: { ...two, oneOf: [{ required: ['x'] }, { required: ['y'] }] },
  any: { ...two, anyOf: [{ required: ['x'] }, { required: ['y'] }] },
  not: { ...two, not: { required: ['x'] } },
  all: { ...two, allOf: [{ properties: { x: { minimum: 5 } } }, { required: ['y'] }] },
  embedded: { ...object, 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true },
  free: { ...object, 'x-kubernetes-preserve-unknown-fields': true, properties: { known: two } },
  filled: { ...object, default: {}, properties: { a: { ...integer, default: 7 } } },
};

const bodyOf = (field: string, type: string, is: string) =>
  `spec.${field}: Invalid value: "${is}": spec.${field} in body must be of type ${type}: "${is}"`;
const should = (field: string, value: unknown, words: string) =>
  `spec.${field}: Invalid value: ${JSON.stringify(value)}: spec.${field} in body should ${words}`;

/** What is refused of a spec, and how. */
const refused: readonly (readonly [spec: object, complaints: readonly string[]])[] = [
  [{ needed: undefined }, ['spec.needed: Required value']],
  [{ int: 'x' }, [bodyOf('int', 'integer', 'string')]],
  [
    { int: 1.5 },
    [
      '<nil>: Invalid value: "": Checked value must be of type integer (default format) in spec.int',
      bodyOf('int', 'integer', 'number'),
    ],
  ],
  [{ int: 0 }, [should('int', 0, 'be greater than or equal to 1')]],
  [{ int: 11 }, [should('int', 11, 'be less than or equal to 10')]],
  [{ between: 1 }, [should('between', 1, 'be greater than 1')]],
  [{ between: 10 }, [should('between', 10, 'be less than 10')]],
  [{ half: 0.7 }, [should('half', 0.7, 'be a multiple of 0.5')]],
  [{ small: 3e9 }, ['<nil>: Invalid value: "": Checked value must be of type integer with format int32 in spec.small']],
  [{ flag: 'true' }, [bodyOf('flag', 'boolean', 'string')]],
  [{ word: 'a' }, [should('word', 'a', 'be at least 2 chars long')]],
  [{ word: 'abcde' }, ['spec.word: Too long: may not be more than 4 bytes']],
  [{ word: 'A1' }, [should('word', 'A1', "match '^[a-z]+$'")]],
  [{ word: { a: 1 } }, [bodyOf('word', 'string', 'object')]],
  [{ oneOf: 'c' }, ['spec.oneOf: Unsupported value: "c": supported values: "a", "b"']],
  [
    { oneOf: 3 },
    [bodyOf('oneOf', 'string', 'integer'), 'spec.oneOf: Unsupported value: 3: supported values: "a", "b"'],
  ],
  [{ date: 'x' }, [bodyOf('date', 'date-time', 'x')]],
  [{ bytes: '%%' }, [bodyOf('bytes', 'byte', '%%')]],
  [{ address: '999.1.1.1' }, [bodyOf('address', 'ipv4', '999.1.1.1')]],
  [{ uuid: 'z' }, [bodyOf('uuid', 'uuid', 'z')]],
  [{ list: [] }, [should('list', 0, 'have at least 1 items')]],
  [{ list: ['a', 'b', 'c'] }, ['spec.list: Too many: 3: must have at most 2 items']],
  [{ list: ['a', 1] }, [bodyOf('list[1]', 'string', 'integer')]],
  [{ set: ['a', 'a', 'b', 'b', 'a'] }, ['spec.set[1]: Duplicate value: "a"', 'spec.set[3]: Duplicate value: "b"']],
  [{ byName: [{ name: 'a' }, { name: 'a' }] }, ['spec.byName[1]: Duplicate value: {"name":"a"}']],
  [{ byName: [{ v: 'x' }] }, ['spec.byName[0].name: Required value', bodyOf('byName[0].v', 'integer', 'string')]],
  [{ byTwo: [{ a: 'x' }, { a: 'x', b: 1 }] }, ['spec.byTwo[1]: Duplicate value: {"a":"x","b":1}']],
  [{ map: { k: 'v' } }, [bodyOf('map.k', 'integer', 'string')]],
  [{ map: { a: 1, b: 2, c: 3 } }, ['spec.map: Too many: 3: must have at most 2 items']],
  [{ portOrName: true }, [bodyOf('portOrName', 'integer,string', 'boolean')]],
  [{ nothing: 5 }, [bodyOf('nothing', 'string', 'integer')]],
  [
    { either: {} },
    [
      '<nil>: Invalid value: "": "spec.either" must validate one and only one schema (oneOf). Found none valid',
      'spec.either.x: Required value',
    ],
  ],
  [
    { either: { x: 1, y: 1 } },
    [
      '<nil>: Invalid value: "": "spec.either" must validate one and only one schema (oneOf). Found 2 valid alternatives',
    ],
  ],
  [
    { any: {} },
    ['<nil>: Invalid value: "": "spec.any" must validate at least one schema (anyOf)', 'spec.any.x: Required value'],
  ],
  [{ not: { x: 1 } }, ['<nil>: Invalid value: "": "spec.not" must not validate the schema (not)']],
  [
    { all: { x: 1 } },
    [
      '<nil>: Invalid value: "": "spec.all" must validate all the schemas (allOf). None validated',
      should('all.x', 1, 'be greater than or equal to 5'),
      'spec.all.y: Required value',
    ],
  ],
  [{ embedded: {} }, ['spec.embedded.apiVersion: Required value', 'spec.embedded.kind: Required value']],
];

/** What a spec is stored as. */
const stored: readonly (readonly [spec: object, stored: object])[] = [
  [{}, {}],
  [{ unknown: 1, free: { a: { b: 1 }, known: { x: 1, z: 2 } } }, { free: { a: { b: 1 }, known: { x: 1 } } }],
  [{ filled: { a: 1, b: 2 } }, { filled: { a: 1 } }],
  [{ filled: null, nothing: null, word: null }, { nothing: null }],
  [{ byTwo: [{ a: 'x' }] }, { byTwo: [{ a: 'x', b: 1 }] }],
  [
    { portOrName: 80, unknownFormat: '!' },
    { portOrName: 80, unknownFormat: '!' },
  ],
  [
    { embedded: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', bogus: 1 }, any: 1 } },
    { embedded: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, any: 1 } },
  ],
];

const spec = { ...object, required: ['needed'], properties: fields };

/** Objects of custom resources: what their schema makes of them, and what it refuses. */
export function customObjectSpecs(subject: Subject): void {
  it('refuses values that the schema does not allow, in the words of the server', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    const plural = 'refuseds';
    await define(test, kubeConfig, plural, definition(plural, [version('v1', schemaOf(spec))]));
    for (const [given, expected] of refused) {
      const body = custom(plural, 'a', { spec: { needed: 'x', ...given } });
      const answer = await rawRequest(kubeConfig, 'POST', pathOf(plural, namespace), { body });
      expect(answer, JSON.stringify(given)).toMatchObject({ status: 422, body: { reason: 'Invalid' } });
      expect(complaints(answer.body)).toEqual(expected);
    }
    const body = custom(plural, 'a', { spec: { needed: 'x', int: 0 } });
    expect((await rawRequest(kubeConfig, 'POST', pathOf(plural, namespace), { body })).body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: `Refused.${customGroup} "a" is invalid: ${should('int', 0, 'be greater than or equal to 1')}`,
      reason: 'Invalid',
      details: {
        name: 'a',
        group: customGroup,
        kind: 'Refused',
        causes: [
          {
            reason: 'FieldValueInvalid',
            message: should('int', 0, 'be greater than or equal to 1').slice('spec.int: '.length),
            field: 'spec.int',
          },
        ],
      },
      code: 422,
    });
  });

  it('stores what the schema knows, with its defaults', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    const plural = 'storeds';
    await define(test, kubeConfig, plural, definition(plural, [version('v1', schemaOf(spec))]));
    for (const [given, expected] of stored) {
      const body = custom(plural, 'a', { spec: { needed: 'x', ...given }, unknown: 1 });
      const path = `${pathOf(plural, namespace)}?dryRun=All`;
      const answer = await rawSuccess(kubeConfig, 'POST', path, { body });
      expect((answer as { spec: object }).spec).toEqual({ needed: 'x', filled: { a: 7 }, ...expected });
      expect(answer).not.toHaveProperty('unknown');
    }
  });

  it('refuses fields that the schema does not know where the client is strict', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    const plural = 'stricts';
    await define(test, kubeConfig, plural, definition(plural, [version('v1', schemaOf(spec))]));
    const path = `${pathOf(plural, namespace)}?fieldValidation=Strict`;
    const unknown = { needed: 'x', bogus: 1, byName: [{ name: 'a', bogus: 1 }] };
    const answer = await rawRequest(kubeConfig, 'POST', path, { body: custom(plural, 'a', { spec: unknown, top: 1 }) });
    const fields = ['spec.bogus', 'spec.byName[0].bogus', 'top'].map((field) => `unknown field "${field}"`).join(', ');
    expect(answer).toMatchObject({
      status: 400,
      body: {
        message: `Strict in version "v1" cannot be handled as a Strict: strict decoding error: ${fields}`,
        reason: 'BadRequest',
      },
    });
    await rawSuccess(kubeConfig, 'POST', path, { body: custom(plural, 'a', { spec: { needed: 'x' } }) });
  });

  it('lets be what was wrong before and does not change', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    const plural = 'ratcheteds';
    const loose = { ...object, properties: { word: text, set: { type: 'array', items: text }, n: integer } };
    await define(test, kubeConfig, plural, definition(plural, [version('v1', schemaOf(loose))]));
    const path = `${pathOf(plural, namespace)}/a`;
    const body = custom(plural, 'a', { spec: { word: 'too long', set: ['a', 'a'], n: 1 } });
    await rawSuccess(kubeConfig, 'POST', pathOf(plural, namespace), { body });
    const strict = { ...object, properties: { word: { ...text, maxLength: 3 }, set: fields.set, n: integer } };
    const versions = [version('v1', schemaOf(strict))];
    const name = `${definitions}/${plural}.${customGroup}`;
    await rawSuccess(kubeConfig, 'PATCH', name, { body: { spec: { versions } }, contentType: mergePatch });
    const change = (changed: object) =>
      rawRequest(kubeConfig, 'PATCH', path, { body: { spec: changed }, contentType: mergePatch });
    // It takes the server a moment to read the schema.
    const probe = { body: custom(plural, 'b', { spec: { word: 'too long' } }) };
    const dryRun = `${pathOf(plural, namespace)}?dryRun=All`;
    await eventually(async () => expect((await rawRequest(kubeConfig, 'POST', dryRun, probe)).status).toBe(422));
    expect(await change({ n: 2 })).toMatchObject({ status: 200, body: { spec: { word: 'too long', n: 2 } } });
    expect(complaints((await change({ word: 'new one' })).body)).toEqual([
      'spec.word: Too long: may not be more than 3 bytes',
    ]);
    expect((await change({ word: 'ok', set: ['a'] })).status).toBe(200);
    expect(complaints((await change({ set: ['b', 'b'] })).body)).toEqual(['spec.set[1]: Duplicate value: "b"']);
  });

  it('keeps spec and status apart, and counts generations of the spec alone', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    const plural = 'aparts';
    const part = { ...object, properties: { n: integer } };
    const parts = { subresources: { status: {} } };
    const versions = [version('v1', schemaOf(part, { status: part }), parts)];
    await define(test, kubeConfig, plural, definition(plural, versions));
    const path = `${pathOf(plural, namespace)}/a`;
    const body = custom(plural, 'a', { spec: { n: 1 }, status: { n: 1 } });
    const created = await rawSuccess(kubeConfig, 'POST', pathOf(plural, namespace), { body });
    expect(created).toMatchObject({ metadata: { generation: 1 }, spec: { n: 1 } });
    expect(created).not.toHaveProperty('status');
    const change = (at: string, changed: object) =>
      rawRequest(kubeConfig, 'PATCH', at, { body: changed, contentType: mergePatch });
    const both = { metadata: { labels: { a: 'b' } }, spec: { n: 2 }, status: { n: 2 } };
    const ofStatus = await change(`${path}/status`, both);
    expect(ofStatus.body).toMatchObject({ metadata: { generation: 1 }, spec: { n: 1 }, status: { n: 2 } });
    expect(ofStatus.body).not.toHaveProperty('metadata.labels');
    const ofSpec = await change(path, { ...both, status: { n: 3 } });
    expect(ofSpec.body).toMatchObject({
      metadata: { generation: 2, labels: { a: 'b' } },
      spec: { n: 2 },
      status: { n: 2 },
    });
    expect((await change(path, { metadata: { labels: { a: 'c' } } })).body).toMatchObject({
      metadata: { generation: 2 },
    });
    expect(complaints((await change(`${path}/status`, { status: { n: 'x' } })).body)).toEqual([
      'status.n: Invalid value: "string": n in body must be of type integer: "string"',
    ]);
  });
}
