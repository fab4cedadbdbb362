import type { ReadStream, WriteStream } from 'node:tty';
import { createLogUpdate } from 'log-update';
import { defer, EMPTY, filter, fromEvent, merge, mergeMap, NEVER, type Observable, of, tap, timer } from 'rxjs';
import { type CacheEvent, type Commit, type KubernetesObject, store as makeStore } from 'kuberx';
import { duration } from '../age.ts';
import type { Reporter } from '../reporter.ts';
import type { SourceTitle } from '../source.ts';
import { reduceStatus, startingStatus } from '../status.ts';
import { StatusCounts } from '../status-counts.ts';
import { emptyTally, reduceTally, summaryText } from '../summary.ts';
import { AlternateScreen } from './alternate-screen.ts';
import { type Key, keys } from './keys.ts';
import { RateMeter } from './rate-meter.ts';
import { RecentRows } from './recent-rows.ts';
import { lastScreen, screen, tableRoom } from './screen.ts';
import type { ScreenSize, ScreenState } from './screen-state.ts';
import { width } from './styled-line.ts';

/** What the terminal says beside the events. */
export interface TerminalReporterOptions {
  readonly terminal: WriteStream;
  /** Where keys come from; `undefined` where that is not a terminal. */
  readonly input: ReadStream | undefined;
  readonly title: SourceTitle;
  /** Pods have columns of their own. */
  readonly pods: boolean;
  /** How many objects the first list will bring, where that is known. */
  readonly expected?: number | undefined;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
}

/** Milliseconds between two frames: a change is seen soon, and the eye can follow. */
const frameInterval = 250;

/** So long after a process has stopped itself it goes on, in milliseconds of its own time. */
const suspension = 50;

/**
 * A live table on the second screen of a terminal. A frame is drawn from what a store holds four times a second, however
 * many events there are; the last one stays on the first screen.
 */
export function terminalReporter(options: TerminalReporterOptions): Reporter {
  const { terminal, input, title, pods, now = Date.now } = options;
  const startedAt = now();
  const store = makeStore<KubernetesObject>();
  const statuses = new StatusCounts();
  const recent = new RecentRows();
  const rate = new RateMeter(startedAt);
  const alternate = new AlternateScreen(terminal);
  // The cursor is the screen's: log-update would hide that of standard error.
  const render = createLogUpdate(terminal, { showCursor: true });
  let status = startingStatus;
  let tally = emptyTally;
  let namespaced = true;

  const stateAt = (time: number, size: ScreenSize): ScreenState => {
    const snapshot = store.snapshot$.value;
    const rows = recent.rows(tableRoom(size), time);
    const counts = statuses.entries();
    const [first] = rows;
    if (first !== undefined) namespaced = first.namespace !== '';
    return {
      ...{ title, now: time, startedAt, status, tally, rows, counts },
      perSecond: rate.perSecond(time),
      size: snapshot.size,
      expected: snapshot.synced ? snapshot.size : options.expected,
      shape: { namespaced: namespaced && title.namespace === undefined, statuses: counts.length > 0, pods },
      keys: input !== undefined,
    };
  };

  const draw = (): void => {
    const { columns, rows } = terminal;
    // A pseudo-terminal has no size until somebody looks at it.
    if (!(columns > 0 && rows > 0)) return;
    render(screen(stateAt(now(), { columns, rows }), { columns, rows }));
  };
  /** Draws on what may show anything, such as lines that have wrapped anew in a narrower terminal. */
  const redraw = (): void => {
    render.done();
    alternate.clear();
    draw();
  };

  const take = (commit: Commit<KubernetesObject>): void => {
    statuses.apply(commit);
    recent.apply(commit, now());
  };
  const drawn$ = defer(() => {
    alternate.enter();
    return merge(timer(0, frameInterval).pipe(tap(draw)), fromEvent(terminal, 'resize').pipe(tap(redraw)));
  });

  /** Does what the terminal itself would have done for a key, and passes on what ends the run. */
  function acted(key: Key, from: ReadStream): Observable<unknown> {
    if (key === 'quit') return of(key);
    if (key !== 'SIGTSTP') {
      process.kill(process.pid, key);
      return EMPTY;
    }
    alternate.leave();
    from.setRawMode(false);
    // To all that the terminal would stop, such as npm.
    process.kill(0, key);
    return timer(suspension).pipe(
      tap(() => {
        from.setRawMode(true);
        alternate.enter();
        redraw();
      }),
      filter(() => false),
    );
  }

  return {
    frames$: merge(store.commits$.pipe(tap(take)), drawn$),
    quit$: input === undefined ? NEVER : keys(input).pipe(mergeMap((key) => acted(key, input))),
    next(event) {
      const time = now();
      store.next(event);
      status = reduceStatus(status, event, time);
      tally = reduceTally(tally, event);
      if (isChange(event)) rate.note(time);
    },
    end(summary) {
      alternate.leave();
      const time = now();
      const stopped = `stopped after ${duration(time - startedAt)}: ${summaryText(summary)}`;
      const { columns, rows } = terminal;
      if (columns > 0 && rows > 0) {
        const size = { columns, rows: Math.max(1, rows - Math.ceil(width(stopped) / columns)) };
        terminal.write(`${lastScreen(stateAt(time, size), size)}\n`);
      }
      terminal.write(`${stopped}\n`);
    },
    refused: () => alternate.leave(),
    close: () => alternate.leave(),
  };
}

function isChange({ type }: CacheEvent<unknown>): boolean {
  return type === 'Added' || type === 'Updated' || type === 'Deleted';
}
