import type { WriteStream } from 'node:tty';
import ansiEscapes from 'ansi-escapes';

// DECAWM: what is too long for a line is cut there, whatever columns the terminal thinks that a character takes.
const wrapOff = '\u001b[?7l';
const wrapOn = '\u001b[?7h';

/**
 * The second screen that a terminal has for programs which draw, without a cursor. What stood on the first one is there
 * again afterwards, however the process ends: also when it exits while the second one is shown, but not when it is killed.
 */
export class AlternateScreen {
  readonly #terminal: WriteStream;
  #shown = false;

  constructor(terminal: WriteStream) {
    this.#terminal = terminal;
  }

  /** True between {@link enter} and {@link leave}. */
  get shown(): boolean {
    return this.#shown;
  }

  enter(): void {
    if (this.#shown) return;
    this.#shown = true;
    process.once('exit', this.leave);
    const { enterAlternativeScreen, clearViewport, cursorHide } = ansiEscapes;
    this.#terminal.write(enterAlternativeScreen + clearViewport + cursorHide + wrapOff);
  }

  /** Goes back to the first screen. Of several calls, the first one counts. */
  readonly leave = (): void => {
    if (!this.#shown) return;
    this.#shown = false;
    process.off('exit', this.leave);
    this.#terminal.write(wrapOn + ansiEscapes.cursorShow + ansiEscapes.exitAlternativeScreen);
  };

  /** Empties the screen and goes to its corner. */
  clear(): void {
    this.#terminal.write(ansiEscapes.clearViewport);
  }
}
