import { describe, expect, it } from 'vitest';
import { withPartsOf } from '#src/sharing/with-parts-of.ts';

type Fields = Record<string, unknown>;

describe('withPartsOf', () => {
  it('takes a part of the object where what was given has an equal one that is read-only', () => {
    const object = { a: { b: [1] } };
    const given = { a: Object.freeze({ b: [1] }), get c(): number[] { return [2]; } }; // prettier-ignore
    const result = withPartsOf(object, given) as typeof given;
    expect(result).toEqual({ a: { b: [1] }, c: [2] });
  });

  it('comes to an end where both hold themselves', () => {
    const round = (): Fields => {
      const value: Fields = {};
      value['self'] = value;
      return value;
    };
    const given = round();
    expect(withPartsOf(round(), given)).toBe(given);
  });
});
