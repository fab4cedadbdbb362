import { describe, expect, it } from 'vitest';
import { WireFields } from '#src/testing/apiserver/protobuf/wire-fields.ts';
import { integer, message, part, parts } from './written.ts';

function all(bytes: Uint8Array): unknown[] {
  const fields = new WireFields(bytes);
  const found: unknown[] = [];
  while (!fields.atEnd) found.push([fields.next(), fields.number, fields.type].slice(0, 3));
  return found;
}

describe('WireFields', () => {
  it('reads what another library writes', () => {
    const bytes = message((writer) =>
      writer.uint32(8).int64(300).uint32(18).string('ab').uint32(25).double(1.5).uint32(37).fixed32(7),
    );
    expect(all(new Uint8Array(bytes))).toEqual([
      [300, 1, 0],
      [Uint8Array.from([97, 98]), 2, 2],
      [Uint8Array.from([0, 0, 0, 0, 0, 0, 0xf8, 0x3f]), 3, 1],
      [Uint8Array.from([7, 0, 0, 0]), 4, 5],
    ]);
    expect(all(integer(1, -1))).toEqual([[2n ** 64n - 1n, 1, 0]]);
  });

  it('passes over groups', () => {
    const group = Uint8Array.from([0x0b, 0x10, 0x01, 0x1b, 0x1c, 0x0c]);
    expect(all(parts(group, integer(2, 5))).at(-1)).toEqual([5, 2, 0]);
  });

  it.each([
    ['a tag that is cut off', [0x80], 'unexpected EOF'],
    ['a field without its value', [0x08], 'unexpected EOF'],
    ['a length beyond the end', [0x0a, 0x05, 0x61], 'unexpected EOF'],
    ['a length of 2^63', [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], 'unexpected EOF'],
    ['a group that never ends', [0x0b, 0x0b, 0x0b], 'unexpected EOF'],
    ['the end of no group', [0x0c], 'wiretype end group for non-group'],
    ['a type that there is not', [0x0f], 'illegal wireType 7'],
    ['field 0', [0x00, 0x01], 'illegal tag'],
    ['an integer of 11 bytes', [0x08, ...Array<number>(10).fill(0xff), 0x01], 'integer overflow'],
    ['eight bytes that are seven', [0x09, 1, 2, 3, 4, 5, 6, 7], 'unexpected EOF'],
  ])('refuses %s', (_what, bytes, message) => {
    expect(() => all(Uint8Array.from(bytes))).toThrow(message);
  });

  it('copies nothing', () => {
    const bytes = part(1, 'abc');
    expect((new WireFields(bytes).next() as Uint8Array).buffer).toBe(bytes.buffer);
  });
});
