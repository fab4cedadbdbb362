import type { Readable } from 'node:stream';

/**
 * So many bytes are given in a turn of the event loop: some 30 pods, which take 1 to 2 ms. From a socket Node reads up to 2 MiB
 * in one turn, and whatever else has to be done waits for it.
 */
const mostInTurn = 256 * 1024;
/** Of what waits for its turn so much is held before the sender is held back. */
const mostHeld = 256 * 1024;

/** The bytes of a response, as they are given. */
export interface Arrival {
  /** Runs `action` once all that has arrived so far is given: at once, where nothing waits for its turn. */
  after(action: () => void): void;
  /** Gives nothing and runs nothing from now on. */
  stop(): void;
}

/**
 * Calls `onbytes` with what arrives on a response, before the stream buffers it, schedules its reading and emits it: for
 * a watch that takes as long as to parse what came. What comes after 256 KiB in a turn of the event loop is given in the next
 * ones, in order, and meanwhile the sender is held back. Node hands a response over by `push`; what comes in another way
 * comes as `data`.
 *
 * The end and errors are told by the stream, and as soon as ever: a stream that kept what waits to itself would lose it
 * where the connection ends behind a response that is whole. Whoever hears of them says so {@link Arrival.after} the bytes.
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
    // As Node does once a buffer is read: the stream's own is empty, so that nothing else would.
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
