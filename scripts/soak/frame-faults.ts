import type { FrameFault } from './fault.ts';

/** The result for a part of a watch's body. */
export interface FaultedBytes {
  readonly bytes: Buffer;
  /** The fault has happened. */
  readonly happened: boolean;
  /** The response ends after these bytes. */
  readonly ends: boolean;
}

/** The end of a line. */
export const lineFeed = 10;
// A control character and a byte that UTF-8 never has: neither can be part of a JSON text.
const noise = Buffer.from([0x01, 0xff]);

/** Applies a fault to one line of a body that comes in parts. The lines before it pass at once, it is held until it is whole. */
export class FrameFaults {
  readonly #fault: FrameFault;
  #framesLeft: number;
  #line: Buffer = Buffer.alloc(0);

  /** `inLine`: the beginning of the next line has passed already, so that line is left alone. */
  constructor(fault: FrameFault, inLine = false) {
    this.#fault = fault;
    this.#framesLeft = fault.afterFrames + (inLine ? 1 : 0);
  }

  push(bytes: Buffer): FaultedBytes {
    let start = 0;
    while (this.#framesLeft > 0) {
      const end = bytes.indexOf(lineFeed, start);
      if (end === -1) return { bytes, happened: false, ends: false };
      start = end + 1;
      this.#framesLeft -= 1;
    }
    const before = bytes.subarray(0, start);
    const end = bytes.indexOf(lineFeed, start);
    this.#line = Buffer.concat([this.#line, bytes.subarray(start, end === -1 ? undefined : end + 1)]);
    if (end === -1) return { bytes: before, happened: false, ends: false };
    const { line, ends } = this.#faulted();
    const after = ends ? Buffer.alloc(0) : bytes.subarray(end + 1);
    return { bytes: Buffer.concat([before, line, after]), happened: true, ends };
  }

  /** The held part of an incomplete line. */
  rest(): Buffer {
    return this.#line;
  }

  #faulted(): { readonly line: Buffer; readonly ends: boolean } {
    const line = this.#line;
    const middle = Math.floor(line.length / 2);
    switch (this.#fault.kind) {
      case 'duplicate':
        return { line: Buffer.concat([line, line]), ends: false };
      case 'garble':
        return { line: Buffer.concat([line.subarray(0, middle), noise, line.subarray(middle)]), ends: false };
      case 'truncate':
        return { line: line.subarray(0, middle), ends: true };
      case 'error frame':
        return { line: Buffer.from(errorLine(this.#fault.code)), ends: true };
    }
  }
}

function errorLine(code: 410 | 500): string {
  const [reason, message] =
    code === 410 ? ['Expired', 'too old resource version'] : ['InternalError', 'the watch has failed'];
  const object = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
  return `${JSON.stringify({ type: 'ERROR', object })}\n`;
}
