import { ProtobufFault } from './protobuf-fault.ts';

/** What is written of a field: an integer, as a bigint where it has more than 28 bits, or bytes. */
export type WireValue = number | bigint | Uint8Array;

/** How a value is written: 0 an integer, 1 eight bytes, 2 bytes with their length, 5 four bytes. */
export type WireType = 0 | 1 | 2 | 5;

/** Reads the values of a message, one after the other. Nothing is copied: bytes are parts of those of the message. */
export class WireFields {
  readonly #bytes: Uint8Array;
  #at = 0;
  /** Of the field that was read last. */
  number = 0;
  type: WireType = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /**
   * The value of the next field; `undefined` of a group, which is passed over, as no type has any.
   *
   * @throws ProtobufFault where the bytes end within it, or are none.
   */
  next(): WireValue | undefined {
    const tag = Number(this.integer());
    this.number = Math.floor(tag / 8);
    const type = tag % 8;
    if (this.number < 1 || this.number > 0x1fffffff) throw new ProtobufFault('illegal tag');
    if (type !== 3) return this.#value(type);
    this.#passGroup();
    return undefined;
  }

  /**
   * The next integer, of those that are written one after the other in one field.
   *
   * @throws ProtobufFault where the bytes end within it, or it has more than 64 bits.
   */
  integer(): number | bigint {
    let low = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#byte();
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) return low;
    }
    let value = BigInt(low);
    for (let shift = 28n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new ProtobufFault('integer overflow');
  }

  #value(type: number): WireValue {
    switch (type) {
      case 0:
        this.type = type;
        return this.integer();
      case 1:
        this.type = type;
        return this.#part(8);
      case 2: {
        this.type = type;
        return this.#part(Number(this.integer()));
      }
      case 5:
        this.type = type;
        return this.#part(4);
      default:
        throw new ProtobufFault(type === 4 ? 'wiretype end group for non-group' : `illegal wireType ${type}`);
    }
  }

  #passGroup(): void {
    for (let depth = 1; depth > 0;) {
      const type = Number(this.integer()) % 8;
      if (type === 3) depth += 1;
      else if (type === 4) depth -= 1;
      else this.#value(type);
    }
  }

  #part(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new ProtobufFault('unexpected EOF');
    const part = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return part;
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new ProtobufFault('unexpected EOF');
    this.#at += 1;
    return byte;
  }
}
