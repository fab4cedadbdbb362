import { oneOf, wholeNumber } from '../../../../scripts/soak/seeded-random.ts';

/** Bytes that mean nothing. */
export function noise(random: () => number, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => wholeNumber(random, 0, 255)));
}

/** What a client of HTTP/2 begins with. */
export const preface: Buffer = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** Numbers of frames. Source: RFC 9113, 6. */
export const frameTypes = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goaway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

/** One frame of HTTP/2; `length` lies about its payload where it is given. */
export function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Uint8Array = Buffer.alloc(0),
  length: number = payload.length,
): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream >>> 0, 5);
  return Buffer.concat([head, payload]);
}

export const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

/** A header that is not indexed, its name by its place in the static table. Source: RFC 7541, 6.2.2. */
function literal(index: number, value: string): Buffer {
  if (value.length > 126) throw new RangeError('too long for one byte');
  return Buffer.concat([Buffer.of(index, value.length), Buffer.from(value)]);
}

/** The head of a GET. */
export const getHead = (path: string): Buffer =>
  Buffer.concat([Buffer.of(0x82, 0x87), literal(0x04, path), literal(0x01, 'localhost')]);

/** Flags of a frame of headers: the stream ends, the headers end. */
export const [endStream, endHeaders] = [1, 4];

/** A frame with nothing right about it, but perhaps its form. */
export function wildFrame(random: () => number): Buffer {
  const payload = noise(random, wholeNumber(random, 0, 40));
  const lies = random() < 0.2 ? [wholeNumber(random, 0, 0xffffff)] : [];
  const stream = oneOf(random, [0, 1, 2, 3, 5, 0x7fffffff, 0xffffffff]);
  return frame(wholeNumber(random, 0, 12), wholeNumber(random, 0, 255), stream, payload, ...lies);
}

/** A frame of a WebSocket as a client sends it, unless it is told to send another. */
export function socketFrame(
  opcode: number,
  payload: Uint8Array,
  {
    flags = 0x80,
    masked = true,
    length = payload.length,
  }: Partial<Record<'flags' | 'length', number>> & {
    readonly masked?: boolean;
  } = {},
): Buffer {
  const mask = masked ? 0x80 : 0;
  const head =
    length < 126
      ? Buffer.of(flags | opcode, mask | length)
      : Buffer.concat([Buffer.of(flags | opcode, mask | 127), wide(length)]);
  return Buffer.concat([head, ...(masked ? [Buffer.alloc(4)] : []), payload]);
}

function wide(length: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(length));
  return bytes;
}
