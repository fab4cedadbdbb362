import { describe, expect, it } from 'vitest';
import {
  additionalSchema,
  itemSchema,
  memberSchema,
  propertySchema,
} from '#src/testing/apiserver/schema/structural-schema.ts';

const text = { type: 'string' };
const number = { type: 'number' };

describe('the parts of a schema', () => {
  it('are found by name, never on the prototype', () => {
    expect(propertySchema({ properties: { a: text } }, 'a')).toBe(text);
    expect(propertySchema({ properties: { a: text } }, 'constructor')).toBeUndefined();
    expect(propertySchema({}, 'a')).toBeUndefined();
  });

  it('are those of all other members, where there is a schema of them', () => {
    expect(additionalSchema({ additionalProperties: text })).toBe(text);
    expect(additionalSchema({ additionalProperties: true })).toBeUndefined();
    expect(memberSchema({ properties: { a: text }, additionalProperties: number }, 'a')).toBe(text);
    expect(memberSchema({ properties: { a: text }, additionalProperties: number }, 'b')).toBe(number);
  });

  it('are that of all items', () => {
    expect(itemSchema({ items: text })).toBe(text);
    expect(itemSchema({ items: [text] })).toBeUndefined();
  });
});
