import type { AnyKubeConfig } from 'kuberx/client-node';
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
  served,
  version,
} from './define.ts';
import { kindOf } from './kind-of.ts';
import { openWatch } from './open-watch.ts';
import { rawRequest, rawSuccess } from './raw-request.ts';
import { Scene } from './scene.ts';
import { customGroup, type Subject } from './server.ts';

interface Described {
  readonly metadata: { readonly generation: number; readonly finalizers?: readonly string[] };
  readonly status: {
    readonly acceptedNames: object;
    readonly storedVersions: readonly string[];
    readonly conditions: readonly { readonly type: string; readonly status: string; readonly reason: string }[];
  };
}

async function described(kubeConfig: AnyKubeConfig, plural: string): Promise<Described> {
  return (await rawSuccess(kubeConfig, 'GET', `${definitions}/${plural}.${customGroup}`)) as Described;
}

/** The conditions of a definition, in short. */
async function conditions(kubeConfig: AnyKubeConfig, plural: string): Promise<Record<string, string>> {
  const { status } = await described(kubeConfig, plural);
  return Object.fromEntries(status.conditions.map(({ type, status: is, reason }) => [type, `${is} ${reason}`]));
}

const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
const text = { type: 'string' };
const object = { type: 'object' };
const root = 'spec.validation.openAPIV3Schema';
const keyed = { type: 'array', 'x-kubernetes-list-type': 'map' };

/** What is refused of the schema of `spec`, and how. */
const wrongSchemas: readonly (readonly [schema: object, complaints: readonly string[]])[] = [
  [{}, ['.type: Required value: must not be empty for specified object fields']],
  [
    { type: 'strin' },
    [
      '.type: Unsupported value: "strin": supported values: "array", "boolean", "integer", "number", "object", "string"',
    ],
  ],
  [{ type: 'array' }, ['.items: Required value: must be specified']],
  [{ type: 'array', items: {} }, ['.items.type: Required value: must not be empty for specified array items']],
  [
    { type: 'array', items: text, uniqueItems: true },
    ['.uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic'],
  ],
  [
    { ...object, properties: { a: text }, additionalProperties: text },
    ['.additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive'],
  ],
  [
    { ...object, properties: { a: text }, allOf: [{ properties: { a: { default: 'x', nullable: true } } }] },
    [
      '.allOf[0].properties[a].default: Forbidden: must be undefined to be structural',
      '.allOf[0].properties[a].nullable: Forbidden: must be false to be structural',
    ],
  ],
  [
    { ...object, 'x-kubernetes-preserve-unknown-fields': false },
    ['.x-kubernetes-preserve-unknown-fields: Invalid value: false: must be true or undefined'],
  ],
  [
    { 'x-kubernetes-embedded-resource': true },
    [
      '.properties: Required value: must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields',
      '.type: Required value: must be object if x-kubernetes-embedded-resource is true',
    ],
  ],
  [
    { 'x-kubernetes-int-or-string': true, 'x-kubernetes-preserve-unknown-fields': true },
    ['.x-kubernetes-preserve-unknown-fields: Invalid value: true: must be false if x-kubernetes-int-or-string is true'],
  ],
  [{ $ref: '#/x', ...object }, ['.$ref: Forbidden: $ref is not supported']],
  [
    { type: 'array', 'x-kubernetes-list-type': 'foo', items: text },
    ['.x-kubernetes-list-type: Unsupported value: "foo": supported values: "atomic", "set", "map"'],
  ],
  [
    { ...keyed, items: object },
    ['.x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map'],
  ],
  [
    { ...keyed, 'x-kubernetes-list-map-keys': ['a'], items: { ...object, properties: { a: text } } },
    [
      '.items.properties[a].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property',
    ],
  ],
  [
    { ...keyed, 'x-kubernetes-list-map-keys': ['a'], items: text },
    [`.items.type: Invalid value: "string": must be object if parent array's x-kubernetes-list-type is map`],
  ],
  [
    { type: 'integer', default: 'x' },
    ['.default: Invalid value: "string":  in body must be of type integer: "string"'],
  ],
  [{ ...object, default: { a: 1 } }, ['.default: Invalid value: {"a":1}: must not have unknown fields']],
];

const one = (parts: object = {}): readonly object[] => [version('v1', anything, parts)];

const noStorage = 'spec.versions: Invalid value: ...: must have exactly one version marked as storage version';

/** What is refused of a definition that is right but for this, and how. */
const wrongDefinitions: readonly (readonly [spec: object, complaints: readonly string[]])[] = [
  [{ scope: 'X' }, ['spec.scope: Unsupported value: "X": supported values: "Cluster", "Namespaced"']],
  [
    { versions: [], names: { plural: 'wrongs', kind: 'Wrong', listKind: 'Wrong' } },
    [
      'spec.names.listKind: Invalid value: "Wrong": kind and listKind may not be the same',
      noStorage,
      'status.storedVersions: Invalid value: null: must have at least one stored version',
    ],
  ],
  [
    { versions: [{ name: 'v1', served: true, storage: true }] },
    ['spec.versions[0].schema.openAPIV3Schema: Required value'],
  ],
  [
    { versions: [version('v1', anything), version('v2', schemaOf(object), { storage: true })] },
    [noStorage, 'status.storedVersions: Invalid value: ["v1"]: must have the storage version v2'],
  ],
  [
    { versions: [version('v1', { type: 'array', items: text })] },
    [`${root}.type: Invalid value: "array": must be object at the root`],
  ],
  [
    { versions: one({ subresources: { scale: { specReplicasPath: 'spec.x' } } }) },
    [
      'spec.subresources.scale.specReplicasPath: Invalid value: "spec.x": must be a simple json path starting with .',
      'spec.subresources.scale.statusReplicasPath: Required value',
    ],
  ],
  [
    { versions: one({ additionalPrinterColumns: [{ name: 'a', type: 'strin', jsonPath: '.a' }] }) },
    [
      'spec.additionalPrinterColumns[0].type: Invalid value: "strin": must be one of boolean,date,integer,number,string',
    ],
  ],
  [
    {
      versions: [
        version('v1', schemaOf({ ...object, properties: { a: object } }), {
          selectableFields: [{ jsonPath: '.spec.a' }],
        }),
      ],
    },
    [
      'spec.selectableFields[0].jsonPath: Invalid value: ".spec.a": must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.',
    ],
  ],
  [
    { conversion: { strategy: 'Foo' } },
    ['spec.conversion.strategy: Unsupported value: "Foo": supported values: "None", "Webhook"'],
  ],
];

/** CustomResourceDefinitions: which are taken, what their status says, and how they change what is served. */
export function definitionSpecs(subject: Subject): void {
  const wrong = (parts: object): object => {
    const { spec, ...rest } = definition('wrongs', one()) as { readonly spec: object };
    return { ...rest, spec: { ...spec, ...parts } };
  };

  it('refuses schemas that are not structural, and says where and why', async (test) => {
    const { kubeConfig } = await Scene.of(subject, test);
    for (const [schema, expected] of wrongSchemas) {
      const body = wrong({ versions: [version('v1', schemaOf(schema))] });
      const answer = await rawRequest(kubeConfig, 'POST', `${definitions}?dryRun=All`, { body });
      expect(answer, JSON.stringify(schema)).toMatchObject({ status: 422, body: { reason: 'Invalid' } });
      expect(complaints(answer.body)).toEqual(expected.map((each) => `${root}.properties[spec]${each}`));
    }
  });

  it('refuses definitions that cannot be served', async (test) => {
    const { kubeConfig } = await Scene.of(subject, test);
    for (const [spec, expected] of wrongDefinitions) {
      const answer = await rawRequest(kubeConfig, 'POST', `${definitions}?dryRun=All`, { body: wrong(spec) });
      expect(answer, JSON.stringify(spec)).toMatchObject({ status: 422, body: { reason: 'Invalid' } });
      // A list of versions is printed as Go has it.
      const brief = (each: string) => each.replace(/^(spec.versions: Invalid value: )(\[.*\]|null)/, '$1...');
      expect(complaints(answer.body).map(brief)).toEqual(expected);
    }
    const typed = { ...wrong({}), spec: { group: 5 } };
    expect(await rawRequest(kubeConfig, 'POST', definitions, { body: typed })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('cannot unmarshal number into Go struct field') as string },
    });
  });

  it('accepts names that nobody has, and takes them over once they are free', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    await define(test, kubeConfig, 'firsts', definition('firsts', one()));
    const names = {
      plural: 'seconds',
      kind: 'First',
      listKind: 'SecondList',
      singular: 'second',
      shortNames: ['firsts'],
    };
    const second = definition('seconds', one(), { names });
    test.onTestFinished(async () => {
      await rawRequest(kubeConfig, 'DELETE', `${definitions}/seconds.${customGroup}`);
    });
    await rawSuccess(kubeConfig, 'POST', definitions, { body: second });
    await eventually(async () =>
      expect(await conditions(kubeConfig, 'seconds')).toEqual({
        NamesAccepted: 'False KindConflict',
        Established: 'False NotAccepted',
      }),
    );
    expect((await described(kubeConfig, 'seconds')).status.acceptedNames).toEqual({
      plural: 'seconds',
      singular: 'second',
      kind: '',
      listKind: 'SecondList',
    });
    const path = pathOf('seconds', namespace);
    expect((await rawRequest(kubeConfig, 'GET', path)).status).toBe(404);
    await rawSuccess(kubeConfig, 'DELETE', `${definitions}/firsts.${customGroup}`);
    await served(kubeConfig, 'seconds');
    expect(await conditions(kubeConfig, 'seconds')).toEqual({
      NamesAccepted: 'True NoConflicts',
      Established: 'True InitialNamesAccepted',
    });
  });

  it('serves several versions of the same objects, those that are said to be served', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    const plural = 'versioneds';
    const schema = (name: string) => schemaOf({ ...object, properties: { a: text, [name]: text } });
    const versions = [
      version('v1', schema('b'), { storage: false }),
      version('v2', schema('c')),
      version('v1alpha1', anything, { served: false, storage: false }),
    ];
    await define(test, kubeConfig, plural, definition(plural, versions));
    const created = await rawSuccess(kubeConfig, 'POST', pathOf(plural, namespace), {
      body: custom(plural, 'x', { spec: { a: '1', b: '2', c: '3' } }),
    });
    // It is stored by the schema of v2.
    expect(created).toMatchObject({ apiVersion: `${customGroup}/v1`, spec: { a: '1' } });
    expect(created).not.toHaveProperty('spec.b');
    const { metadata } = created as { readonly metadata: { readonly uid: string; readonly resourceVersion: string } };
    const read = (of: string) => rawSuccess(kubeConfig, 'GET', `${pathOf(plural, namespace, of)}/x`);
    expect(await read('v2')).toEqual({
      ...(created as object),
      apiVersion: `${customGroup}/v2`,
      metadata: expect.objectContaining({ uid: metadata.uid, resourceVersion: metadata.resourceVersion }) as object,
      spec: { a: '1' },
    });
    const changed = await rawSuccess(kubeConfig, 'PATCH', `${pathOf(plural, namespace, 'v2')}/x`, {
      body: { spec: { c: '4' } },
      contentType: mergePatch,
    });
    expect(changed).toMatchObject({ apiVersion: `${customGroup}/v2`, spec: { a: '1', c: '4' } });
    expect(await read('v1')).toMatchObject({ apiVersion: `${customGroup}/v1`, spec: { a: '1' } });
    expect(await read('v1')).not.toHaveProperty('spec.c');
    const { items } = (await rawSuccess(kubeConfig, 'GET', pathOf(plural, namespace))) as { items: object[] };
    expect(items).toMatchObject([{ apiVersion: `${customGroup}/v1`, metadata: { name: 'x' } }]);
    expect((await rawRequest(kubeConfig, 'GET', pathOf(plural, namespace, 'v1alpha1'))).status).toBe(404);
    const refused = await rawRequest(kubeConfig, 'POST', pathOf(plural, namespace), {
      body: custom(plural, 'y', {}, 'v2'),
    });
    expect(refused).toMatchObject({ status: 400 });
    expect((await described(kubeConfig, plural)).status.storedVersions).toEqual(['v2']);
  });

  it('follows a change of versions and of the schema, which ends the watches', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    const plural = 'changings';
    const name = `${definitions}/${plural}.${customGroup}`;
    await define(test, kubeConfig, plural, definition(plural, one()));
    const path = pathOf(plural, namespace);
    await rawSuccess(kubeConfig, 'POST', path, { body: custom(plural, 'x', { spec: { old: '1', kept: '2' } }) });
    const stream = openWatch(test, kubeConfig, `${path}?watch=1`);
    await eventually(() => expect(stream.events.length).toBe(1));
    const spec = { ...object, properties: { kept: text, added: { ...text, default: 'new' } } };
    const versions = [version('v1', schemaOf(spec), { storage: false }), version('v2', schemaOf(spec))];
    const patched = await rawSuccess(kubeConfig, 'PATCH', name, {
      body: { spec: { versions } },
      contentType: mergePatch,
    });
    expect((patched as Described).metadata.generation).toBe(2);
    expect((patched as Described).status.storedVersions).toEqual(['v1', 'v2']);
    await served(kubeConfig, plural, 'v2');
    await eventually(() => expect(stream.ended).toBe(true));
    await eventually(async () =>
      expect(await rawRequest(kubeConfig, 'GET', `${path}/x`)).toMatchObject({
        status: 200,
        body: { spec: { kept: '2', added: 'new' } },
      }),
    );
    expect(JSON.stringify(await rawSuccess(kubeConfig, 'GET', `${path}/x`))).not.toContain('"old":"1"');
    const only = { spec: { versions: [version('v2', schemaOf(spec))] } };
    const refused = await rawRequest(kubeConfig, 'PATCH', name, { body: only, contentType: mergePatch });
    expect(complaints(refused.body).join()).toContain(
      'status.storedVersions[0]: Invalid value: "v1": missing from spec.versions',
    );
    const renamed = { body: { spec: { scope: 'Cluster', names: { kind: 'Other' } } }, contentType: mergePatch };
    expect(complaints((await rawRequest(kubeConfig, 'PATCH', name, renamed)).body)).toEqual([
      'spec.names.kind: Invalid value: "Other": field is immutable',
      'spec.scope: Invalid value: "Cluster": field is immutable',
    ]);
  });

  it('tells watchers what goes with a definition, and takes nothing new while it goes', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    const plural = 'endings';
    await define(test, kubeConfig, plural, definition(plural, one()));
    const path = pathOf(plural, namespace);
    await rawSuccess(kubeConfig, 'POST', path, { body: custom(plural, 'free', {}) });
    const held = { ...custom(plural, 'held', {}), metadata: { name: 'held', finalizers: ['example.io/held'] } };
    await rawSuccess(kubeConfig, 'POST', path, { body: held });
    const stream = openWatch(test, kubeConfig, `${path}?watch=1`);
    await eventually(() => expect(stream.events.length).toBe(2));
    await rawSuccess(kubeConfig, 'DELETE', `${definitions}/${plural}.${customGroup}`);
    await eventually(() =>
      expect(
        stream.events
          .slice(2)
          .map(({ type, object: { metadata } }) => `${type} ${metadata.name}`)
          .sort(),
      ).toEqual(['DELETED free', 'MODIFIED held']),
    );
    expect((await conditions(kubeConfig, plural))['Terminating']).toBe('True InstanceDeletionInProgress');
    expect((await described(kubeConfig, plural)).metadata.finalizers).toEqual([
      'customresourcecleanup.apiextensions.k8s.io',
    ]);
    const refused = await rawRequest(kubeConfig, 'POST', path, { body: custom(plural, 'late', {}) });
    expect(refused).toMatchObject({ status: 403, body: { reason: 'Forbidden' } });
    expect(JSON.stringify(refused.body)).toContain(
      'create not allowed while custom resource definition is terminating',
    );
    const { resources } = (await rawSuccess(kubeConfig, 'GET', `/apis/${customGroup}/v1`)) as {
      readonly resources: readonly { readonly name: string; readonly verbs: readonly string[] }[];
    };
    expect(resources.find((each) => each.name === plural)?.verbs).toEqual([
      'delete',
      'deletecollection',
      'get',
      'list',
      'watch',
    ]);
    await rawSuccess(kubeConfig, 'PATCH', `${path}/held`, {
      body: { metadata: { finalizers: null } },
      contentType: mergePatch,
    });
    await eventually(() =>
      expect(stream.events.at(-1)).toMatchObject({ type: 'DELETED', object: { kind: kindOf(plural) } }),
    );
    await eventually(async () => {
      expect((await rawRequest(kubeConfig, 'GET', `${definitions}/${plural}.${customGroup}`)).status).toBe(404);
      expect((await rawRequest(kubeConfig, 'GET', path)).status).toBe(404);
    });
  });
}
