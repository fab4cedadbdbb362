import { asyncScheduler, type Observable, type SchedulerLike } from 'rxjs';
import { printable } from '../protocol/errors/printable.ts';
import { metaNamespaceKey } from '../protocol/objects/object-key.ts';
import { marbleDuration } from './marble-duration.ts';

/** The options of {@link marbleLine}. */
export interface MarbleLineOptions<T> {
  /** The scheduler of the times. Default `asyncScheduler`, which `TestScheduler.run` makes virtual. */
  readonly scheduler?: SchedulerLike;
  /**
   * A value in words. Default: an event as `added default/a`, with `unseen` after a deletion that nobody saw; an object by its key;
   * a text as it is; anything else as JSON.
   */
  readonly inWords?: (value: T) => string;
}

/** What a stream has said so far. */
export interface MarbleLine {
  readonly text: string;
  unsubscribe(): void;
}

/**
 * Subscribes to a stream, and writes what it says as one line, which any test runner compares: the values in words, with the time
 * since the one before in front as in marble diagrams, what comes at the same time in parentheses, `|` for the completion and
 * `#` with its message for an error. A time counts from the subscription. Nothing that fails in `inWords` is caught.
 *
 * ```ts
 * const time = virtualTime();
 * const words$ = timer(seconds(1), minutes(1), time.scheduler).pipe(map((count) => `tick ${count}`), take(2));
 * const line = marbleLine(words$, time);
 * time.advance(minutes(5));
 * console.log(line.text); // 1s tick 0 1m (tick 1, |)
 * ```
 */
export function marbleLine<T>(
  source$: Observable<T>,
  { scheduler = asyncScheduler, inWords = valueInWords }: MarbleLineOptions<T> = {},
): MarbleLine {
  let before = scheduler.now();
  const past: string[] = [];
  let group: string[] = [];
  let gap = 0;

  const written = (): string[] => {
    if (group.length === 0) return past;
    const values = group.length === 1 ? group.join() : `(${group.join(', ')})`;
    return [...past, ...(gap > 0 ? [marbleDuration(gap)] : []), values];
  };
  const write = (words: string): void => {
    const now = scheduler.now();
    if (now !== before) {
      past.splice(0, past.length, ...written());
      group = [];
      gap = now - before;
      before = now;
    }
    group.push(words);
  };

  const subscription = source$.subscribe({
    next: (value) => write(inWords(value)),
    error: (error: unknown) => write(`# ${error instanceof Error ? error.message : String(error)}`),
    complete: () => write('|'),
  });
  return {
    get text() {
      return written().join(' ');
    },
    unsubscribe: () => subscription.unsubscribe(),
  };
}

function valueInWords(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value);
  const event = value as { readonly type?: unknown; readonly object?: unknown; readonly finalStateUnknown?: unknown };
  if (typeof event.type === 'string') {
    const key = event.object === undefined ? '' : ` ${objectInWords(event.object)}`;
    return `${event.type}${key}${event.finalStateUnknown === true ? ' unseen' : ''}`;
  }
  return objectInWords(value);
}

function objectInWords(object: unknown): string {
  try {
    return metaNamespaceKey(object as Parameters<typeof metaNamespaceKey>[0]);
  } catch {
    return printable(JSON.stringify(object));
  }
}
