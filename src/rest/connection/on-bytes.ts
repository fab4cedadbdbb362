import type { Readable } from 'node:stream';

/**
 * The most bytes that are given in one turn of the event loop: about 30 pods, which take 1 to 2 ms. Node reads up to 2
 * MiB from a socket in one turn, and everything else would wait for them.
 */
const mostInTurn = 256 * 1024;
/** The number of waiting bytes at which the sender is held back. */
const mostHeld = 256 * 1024;

/** The bytes of a response that are given out. */
export interface Arrival {
  /** Runs `action` once all bytes that have arrived are given: at once if none wait. */
  after(action: () => void): void;
  /** Gives no bytes and runs no action from now on. */
  stop(): void;
}

/**
 * Calls `onbytes` with the bytes that arrive on a response, before the stream buffers them, schedules their reading and
 * emits them: for a watch those steps take as long as the parsing. Bytes after the first 256 KiB in a turn of the event
 * loop are given in the next turns, in order, and the sender is held back meanwhile. Node hands a response over by
 * `push`; bytes that come another way come as `data`.
 *
 * The stream reports its end and errors at once. It must not hold the waiting bytes itself: it would lose them if the
 * connection ends behind a whole response. The listener of the end waits for the bytes by {@link Arrival.after}.
 */
export function onBytes(stream: Readable, onbytes: (bytes: Uint8Array) => void): Arrival {
  const push = stream.push.bind(stream);
  const waiting: (Uint8Array | (() => void))[] = [];
  let held = 0;
  let left = mostInTurn;
  let isHeldBack = false;
  let isStopped = false;
  let nextTurn: NodeJS.Immediate | undefined;

  const give = (bytes: Uint8Array): void => {
    left -= bytes.length;
    if (left <= 0) nextTurn ??= setImmediate(turn);
    onbytes(bytes);
  };
  const turn = (): void => {
    nextTurn = undefined;
    left = mostInTurn;
    while (left > 0 && waiting.length > 0) {
      const next = waiting.shift();
      if (typeof next === 'function') {
        next();
      } else if (next !== undefined) {
        held -= next.length;
        give(next);
      }
    }
    if (waiting.length > 0 || !isHeldBack || stream.destroyed) return;
    isHeldBack = false;
    // As Node does once a buffer is read. The stream's own buffer is empty, so nothing else would ask for more.
    stream._read(mostHeld);
  };
  const take = (bytes: Uint8Array): boolean => {
    if (isStopped) return true;
    if (left > 0 && waiting.length === 0) {
      give(bytes);
      return true;
    }
    waiting.push(bytes);
    held += bytes.length;
    isHeldBack ||= held >= mostHeld;
    return !isHeldBack;
  };
  stream.push = (chunk: unknown, encoding?: BufferEncoding): boolean =>
    chunk instanceof Uint8Array ? take(chunk) : push(chunk, encoding);
  stream.on('data', take);

  return {
    after(action) {
      if (isStopped) return;
      if (waiting.length > 0) waiting.push(action);
      else action();
    },
    stop() {
      isStopped = true;
      waiting.length = 0;
      clearImmediate(nextTurn);
    },
  };
}
