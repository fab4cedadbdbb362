import { EventEmitter } from 'node:events';
import type { ReadStream, WriteStream } from 'node:tty';
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { TestScheduler } from 'rxjs/testing';

/** The screen of a terminal, as far as a program writes to it. */
export class FakeTerminal extends EventEmitter {
  readonly isTTY = true;
  columns: number;
  rows: number;
  readonly writes: string[] = [];

  constructor(columns = 80, rows = 24) {
    super();
    this.columns = columns;
    this.rows = rows;
  }

  get stream(): WriteStream {
    return this as unknown as WriteStream;
  }

  write(text: string, done?: () => void): boolean {
    this.writes.push(text);
    done?.();
    return true;
  }

  /** What was written since the last call, escape codes and all. */
  raw(): string {
    return this.writes.splice(0).join('');
  }

  /** What was written since the last call, without escape codes. */
  seen(): string {
    return stripVTControlCharacters(this.raw());
  }
}

/** The keys of a terminal. */
export class FakeKeyboard extends PassThrough {
  readonly isTTY = true;
  isRaw = false;

  get stream(): ReadStream {
    return this as unknown as ReadStream;
  }

  setRawMode(mode: boolean): this {
    this.isRaw = mode;
    return this;
  }
}

/** Does all of it in the virtual time of RxJS, each action in its millisecond. */
export function inVirtualTime(play: (at: (time: number, action: () => void) => void) => void): void {
  new TestScheduler(() => undefined).run(({ cold }) => {
    play((time, action) => cold(`${time}ms (x|)`).subscribe(action));
  });
}
