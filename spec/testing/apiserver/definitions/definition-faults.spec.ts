import { describe, expect, it } from 'vitest';
import { decodedDefinition } from '#src/testing/apiserver/definitions/definition.ts';
import {
  definitionChangeFaults,
  definitionFaults,
  storedVersionFaults,
} from '#src/testing/apiserver/definitions/definition-faults.ts';

const version = { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } };
const spec = { group: 'ex.io', scope: 'Namespaced', names: { plural: 'widgets', kind: 'Widget' }, versions: [version] };
const definition = (change: object = {}) => decodedDefinition({ ...spec, ...change });
const fields = (change: object, name = 'widgets.ex.io') =>
  definitionFaults(definition(change), name).map(({ field }) => field);

describe('definitionFaults', () => {
  it('has none of a definition that can be served', () => {
    expect(fields({})).toEqual([]);
  });

  it.each([
    [{ group: 'ex' }, ['metadata.name', 'spec.group']],
    [{ scope: 'Everywhere' }, ['spec.scope']],
    [
      { names: { plural: 'widgets', kind: 'Wid_get' } },
      ['spec.names.singular', 'spec.names.kind', 'spec.names.listKind'],
    ],
    [{ versions: [{ ...version, name: 'V1' }] }, ['spec.versions[0].name', 'spec.version']],
    [{ versions: [version, version] }, ['spec.versions', 'spec.versions']],
    [{ versions: [{ ...version, deprecationWarning: 'old' }] }, ['spec.versions[0].deprecationWarning']],
    [{ versions: [{ ...version, schema: {} }] }, ['spec.versions[0].schema.openAPIV3Schema']],
    [{ group: 'x.k8s.io' }, ['metadata.name', 'metadata.annotations[api-approved.kubernetes.io]']],
  ])('tells what is wrong, and where: %j', (change, expected) => {
    expect(fields(change)).toEqual(expected);
  });

  it('reports at the top what all versions have the same, and at its version what differs', () => {
    const wrong = (type: string) => ({ openAPIV3Schema: { type } });
    const two = (first: string, second: string) => [
      { ...version, schema: wrong(first) },
      { ...version, name: 'v2', storage: false, schema: wrong(second) },
    ];
    expect(new Set(fields({ versions: two('strin', 'strin') }))).toEqual(
      new Set(['spec.validation.openAPIV3Schema.type']),
    );
    expect(new Set(fields({ versions: two('strin', 'object') }))).toEqual(
      new Set(['spec.versions[0].schema.openAPIV3Schema.type']),
    );
  });

  it('takes conversion by webhooks where nothing has to be converted, and refuses it else, for it calls none', () => {
    const webhook = { clientConfig: { url: 'https://example.com' }, conversionReviewVersions: ['v1'] };
    const conversion = { strategy: 'Webhook', webhook };
    expect(fields({ conversion })).toEqual([]);
    const other = { ...version, name: 'v2', storage: false };
    expect(fields({ conversion, versions: [version, { ...other, served: false }] })).toEqual([]);
    const faults = definitionFaults(definition({ conversion, versions: [version, other] }), 'widgets.ex.io');
    expect(faults).toMatchObject([
      { field: 'spec.conversion.strategy', message: expect.stringContaining('calls no webhooks') as string },
    ]);
    expect(fields({ conversion: { strategy: 'Webhook' } })).toEqual([
      'spec.conversion.webhookClientConfig',
      'spec.conversion.conversionReviewVersions',
    ]);
  });
});

describe('storedVersionFaults', () => {
  it('asks for the versions in which something may be stored', () => {
    const of = (...stored: string[]) => storedVersionFaults(definition(), stored).map(({ field }) => field);
    expect(of('v1')).toEqual([]);
    expect(of()).toEqual(['status.storedVersions']);
    expect(of('v0')).toEqual(['status.storedVersions', 'status.storedVersions[0]']);
  });
});

describe('definitionChangeFaults', () => {
  it('lets scope and kind change until the definition is established, group and plural never', () => {
    const other = definition({ group: 'other.io', scope: 'Cluster', names: { plural: 'gadgets', kind: 'Gadget' } });
    const of = (isEstablished: boolean) =>
      definitionChangeFaults(other, definition(), isEstablished).map(({ field }) => field);
    expect(of(false)).toEqual(['spec.group', 'spec.names.plural']);
    expect(of(true)).toEqual(['spec.scope', 'spec.names.kind', 'spec.group', 'spec.names.plural']);
    expect(definitionChangeFaults(definition(), definition(), true)).toEqual([]);
  });
});
