import { parseExact } from '../../../protocol/numbers/parse-exact.ts';
import { ProtobufFault } from './protobuf-fault.ts';
import { WireFields, type WireType, type WireValue } from './wire-fields.ts';

/** An int64; one that a number would round is a BigInt. */
function int64(value: WireValue): number | bigint {
  if (typeof value === 'number') return value;
  const signed = BigInt.asIntN(64, value as bigint);
  const number = Number(signed);
  return Number.isSafeInteger(number) ? number : signed;
}

function int32(value: WireValue): number {
  return typeof value === 'number' ? value : Number(BigInt.asIntN(32, value as bigint));
}

function float64(value: WireValue): number {
  const bytes = value as Uint8Array;
  const number = new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true);
  if (!Number.isFinite(number)) throw new ProtobufFault('a number is not finite');
  return number;
}

/** A text; what is not UTF-8 in it is U+FFFD. */
export function textOf(value: WireValue): string {
  const bytes = value as Uint8Array;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function base64(value: WireValue): string {
  const bytes = value as Uint8Array;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** The last values of the fields of a message of scalars. */
export function scalars(value: WireValue, types: Readonly<Record<number, WireType>>): ReadonlyMap<number, WireValue> {
  const found = new Map<number, WireValue>();
  const fields = new WireFields(value as Uint8Array);
  while (!fields.atEnd) {
    const each = fields.next();
    const wanted = types[fields.number];
    if (each === undefined || wanted === undefined) continue;
    if (fields.type !== wanted) throw new ProtobufFault(`wrong wireType = ${fields.type} for field ${fields.number}`);
    found.set(fields.number, each);
  }
  return found;
}

/** The earliest and the latest second that RFC 3339 can write. */
const [firstSecond, lastSecond] = [-62_167_219_200, 253_402_300_799];

/** Its seconds and its nanoseconds; null where both are zero, as Go has a time that is not set. */
function time(value: WireValue, digits: 0 | 6): string | null {
  const found = scalars(value, { 1: 0, 2: 0 });
  const seconds = Number(int64(found.get(1) ?? 0));
  const nanoseconds = int32(found.get(2) ?? 0);
  if (seconds === 0 && nanoseconds === 0) return null;
  if (seconds < firstSecond || seconds > lastSecond) throw new ProtobufFault('a time is out of range');
  const text = new Date(seconds * 1000).toISOString().slice(0, -5);
  if (digits === 0) return `${text}Z`;
  const microseconds = Math.min(Math.max(Math.floor(nanoseconds / 1000), 0), 999_999);
  return `${text}.${String(microseconds).padStart(6, '0')}Z`;
}

function integerOrText(value: WireValue): unknown {
  const found = scalars(value, { 1: 0, 2: 0, 3: 2 });
  return int64(found.get(1) ?? 0) === 0 ? int32(found.get(2) ?? 0) : textOf(found.get(3) ?? new Uint8Array());
}

/** The JSON that is the only member of a message; null where there is none. */
function json(value: WireValue): unknown {
  const raw = scalars(value, { 1: 2 }).get(1) as Uint8Array | undefined;
  if (raw === undefined || raw.length === 0) return null;
  try {
    return parseExact(textOf(raw));
  } catch {
    // The parser's message would quote the body.
    throw new ProtobufFault('a part that has to be JSON is not');
  }
}

/** How a value without fields is read: how it has to be written, what it is, and what it is where it is not there. */
export interface ValueReader {
  readonly wireType: WireType;
  readonly read: (value: WireValue) => unknown;
  readonly zero: unknown;
}

/** The readers of values, by the letters of the table of schemas. */
export const valueReaders: ReadonlyMap<string, ValueReader> = new Map<string, ValueReader>([
  ['s', { wireType: 2, read: textOf, zero: '' }],
  ['i', { wireType: 0, read: int32, zero: 0 }],
  ['l', { wireType: 0, read: int64, zero: 0 }],
  ['b', { wireType: 0, read: (value) => int64(value) !== 0, zero: false }],
  ['d', { wireType: 1, read: float64, zero: 0 }],
  ['y', { wireType: 2, read: base64, zero: null }],
  [
    'q',
    { wireType: 2, read: (value) => textOf(scalars(value, { 1: 2 }).get(1) ?? new Uint8Array()) || '0', zero: '0' },
  ],
  ['o', { wireType: 2, read: integerOrText, zero: 0 }],
  ['t', { wireType: 2, read: (value) => time(value, 0), zero: null }],
  ['m', { wireType: 2, read: (value) => time(value, 6), zero: null }],
  ['f', { wireType: 2, read: json, zero: null }],
  ['r', { wireType: 2, read: json, zero: null }],
  ['j', { wireType: 2, read: json, zero: null }],
]);

/** Integers that are written one after the other in one field, as protobuf may write a list of them. */
export function packed(value: Uint8Array): readonly WireValue[] {
  const integers: WireValue[] = [];
  for (const fields = new WireFields(value); !fields.atEnd;) integers.push(fields.integer());
  return integers;
}
