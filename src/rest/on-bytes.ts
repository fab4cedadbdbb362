import type { Readable } from 'node:stream';

/**
 * So many bytes are given in a turn of the event loop: some 30 pods, which take 1 to 2 ms. From a socket Node reads up to 2 MiB
 * in one turn, and whatever else has to be done waits for it.
 */
const mostInTurn = 256 * 1024;

/**
 * Calls `onbytes` with what arrives on a response, before the stream buffers it, schedules its reading and emits it: for
 * a watch that takes as long as to parse what came. What comes after 256 KiB in a turn of the event loop is left to the next:
 * the stream is paused, buffers, and holds the sender back, as ever. Node hands a response over by `push`; what comes in
 * another way comes as `data`. The end and errors are told by the stream.
 */
export function onBytes(stream: Readable, onbytes: (bytes: Uint8Array) => void): void {
  const push = stream.push.bind(stream);
  let left = mostInTurn;
  const renew = (): void => {
    left = mostInTurn;
    stream.resume();
  };
  const give = (bytes: Uint8Array): void => {
    if (left > 0 && left <= bytes.length) setImmediate(renew);
    left -= bytes.length;
    onbytes(bytes);
  };
  stream.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    if (!(chunk instanceof Uint8Array)) return push(chunk, encoding);
    if (stream.destroyed) return true;
    if (left > 0 && stream.readableLength === 0) {
      give(chunk);
      return true;
    }
    // Only with something in the buffer: Node asks the connection for more when that is read, and not because of `resume`.
    if (left <= 0) stream.pause();
    return push(chunk, encoding);
  };
  stream.on('data', (bytes: Uint8Array) => {
    give(bytes);
    if (left <= 0 && stream.readableLength > 0) stream.pause();
  });
}
