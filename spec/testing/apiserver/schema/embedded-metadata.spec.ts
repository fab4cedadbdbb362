import { describe, expect, it } from 'vitest';
import { withEmbeddedMetadata } from '#src/testing/apiserver/schema/embedded-metadata.ts';

const embedded = { type: 'object', 'x-kubernetes-embedded-resource': true };
const schema = { properties: { one: embedded, many: { items: embedded } } };
const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };

describe('withEmbeddedMetadata', () => {
  it('reads metadata of embedded objects as those of any object', () => {
    const given = {
      one: { ...pod, metadata: { name: 'a', bogus: 1 } },
      many: [pod],
      other: { metadata: { bogus: 1 } },
    };
    expect(withEmbeddedMetadata(given, schema)).toEqual({ ...given, one: pod });
  });

  it('gives the same value where nothing differs', () => {
    const given = { one: pod, many: [pod] };
    expect(withEmbeddedMetadata(given, schema)).toBe(given);
  });

  it.each([
    [{ one: { ...pod, kind: 3 } }, 'one.kind: Invalid value: 3: must be a string'],
    [{ many: [pod, { ...pod, apiVersion: null }] }, 'many[1].apiVersion: Invalid value: null: must be a string'],
    [{ one: { ...pod, metadata: 'x' } }, 'one.metadata: Invalid value: "x"'],
    [{ one: { ...pod, metadata: { labels: { a: 1 } } } }, 'cannot unmarshal number'],
  ])('refuses members of another type: %j', (given, message) => {
    expect(() => withEmbeddedMetadata(given, schema)).toThrow(message);
  });
});
