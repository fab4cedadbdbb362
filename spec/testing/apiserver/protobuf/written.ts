import protobuf from 'protobufjs/minimal.js';

/** A message by the library of another maker. */
export function message(write: (writer: protobuf.Writer) => void): Uint8Array {
  const writer = protobuf.Writer.create();
  write(writer);
  return writer.finish();
}

/** Bytes in a field. */
export function part(number: number, bytes: Uint8Array | string): Uint8Array {
  return message((writer) => writer.uint32(number * 8 + 2).bytes(Buffer.from(bytes as string)));
}

/** An integer in a field. */
export function integer(number: number, value: number): Uint8Array {
  return message((writer) => writer.uint32(number * 8).int64(value));
}

/** Messages, one after the other. */
export function parts(...given: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(given);
}

/** A body, as typed clients of Go send it. */
export function body(apiVersion: string, kind: string, raw: Uint8Array): Buffer {
  const type = parts(part(1, apiVersion), part(2, kind));
  return Buffer.concat([Buffer.from('k8s\0', 'latin1'), part(1, type), part(2, raw)]);
}
