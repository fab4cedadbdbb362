import { describe, expect, it } from 'vitest';
import { embeddedFaults } from '#src/testing/apiserver/schema/embedded-faults.ts';

const embedded = { type: 'object', 'x-kubernetes-embedded-resource': true };
const fields = (value: unknown, schema: object) => embeddedFaults(value, schema).map(({ field }) => field);

describe('embeddedFaults', () => {
  it('asks embedded objects what they are, wherever they are', () => {
    const schema = {
      properties: { one: embedded, many: { items: embedded }, map: { additionalProperties: embedded } },
    };
    expect(fields({ one: {}, many: [{ kind: 'Pod' }], map: { a: { apiVersion: '', kind: 'Pod' } } }, schema)).toEqual([
      'one.apiVersion',
      'one.kind',
      'many[0].apiVersion',
      'map[a].apiVersion',
    ]);
    expect(fields({ one: { apiVersion: 'v1', kind: 'Pod' } }, schema)).toEqual([]);
  });
});
