import type { Readable } from 'node:stream';

/**
 * Calls `onbytes` with what arrives on a response, before the stream buffers it, schedules its reading and emits it: for
 * a watch that takes as long as to parse what came. There is no back pressure. Node hands a response over by `push`; what
 * comes in another way comes as `data`, as ever. The end and errors are told by the stream.
 */
export function onBytes(stream: Readable, onbytes: (bytes: Uint8Array) => void): void {
  const push = stream.push.bind(stream);
  stream.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    if (!(chunk instanceof Uint8Array)) return push(chunk, encoding);
    if (!stream.destroyed) onbytes(chunk);
    return true;
  };
  stream.on('data', onbytes);
}
