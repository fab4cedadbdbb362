import { emitKeypressEvents } from 'node:readline';
import type { ReadStream } from 'node:tty';
import { Observable } from 'rxjs';

/** A key that means something here: one that ends the run, or one that the terminal itself would make a signal of. */
export type Key = 'quit' | 'SIGINT' | 'SIGQUIT' | 'SIGTSTP';

interface Keypress {
  readonly name?: string | undefined;
  readonly ctrl?: boolean;
  readonly meta?: boolean;
  readonly sequence?: string;
}

/**
 * The keys that are pressed at a terminal. While it is subscribed, the terminal sends keys one by one, does not print
 * them, and makes no signals of them.
 */
export function keys(terminal: ReadStream): Observable<Key> {
  return new Observable((subscriber) => {
    const pressed = (_: string | undefined, key: Keypress): void => {
      const meaning = meaningOf(key);
      if (meaning !== undefined) subscriber.next(meaning);
    };
    emitKeypressEvents(terminal);
    terminal.on('keypress', pressed);
    terminal.setRawMode(true);
    terminal.resume();
    return () => {
      terminal.off('keypress', pressed);
      terminal.setRawMode(false);
      terminal.pause();
    };
  });
}

function meaningOf({ name, ctrl, meta, sequence }: Keypress): Key | undefined {
  if (ctrl && name === 'c') return 'SIGINT';
  if (ctrl && name === 'z') return 'SIGTSTP';
  if (sequence === '\u001c') return 'SIGQUIT';
  return name === 'q' && !ctrl && !meta ? 'quit' : undefined;
}
