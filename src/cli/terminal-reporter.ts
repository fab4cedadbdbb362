import type { WriteStream } from 'node:tty';
import { createLogUpdate } from 'log-update';
import { fromEvent, merge, tap, timer } from 'rxjs';
import type { CacheEvent } from '../protocol/cache-event.ts';
import type { KubernetesObject } from '../protocol/kubernetes-object.ts';
import type { Commit } from '../store/reduce-snapshot.ts';
import { Store } from '../store/store.ts';
import { duration } from './age.ts';
import { PhaseCounts } from './phase-counts.ts';
import { RateMeter } from './rate-meter.ts';
import { RecentRows } from './recent-rows.ts';
import type { Reporter } from './reporter.ts';
import { screen, tableRoom } from './screen.ts';
import { reduceStatus, startingStatus } from './status.ts';
import { emptyTally, reduceTally, summaryText } from './summary.ts';

/** What the terminal says beside the events. */
export interface TerminalReporterOptions {
  readonly terminal: WriteStream;
  /** What is reflected, in words. */
  readonly title: string;
  /** Pods have a node. */
  readonly nodes: boolean;
  /** How many objects the first list will bring, where that is known. */
  readonly expected?: number | undefined;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
}

/** Milliseconds between two frames: a change is seen soon, and the eye can follow. */
const frameInterval = 250;

/** Clears the screen and goes to its corner: the lines of a frame wrap anew when the terminal gets narrower. */
const clearScreen = '\u001b[2J\u001b[H';

/** A live table. A frame is drawn from what a store holds four times a second, however many events there are. */
export function terminalReporter(options: TerminalReporterOptions): Reporter {
  const { terminal, title, nodes, now = Date.now } = options;
  const startedAt = now();
  const store = new Store<KubernetesObject>();
  const phases = new PhaseCounts();
  const recent = new RecentRows();
  const rate = new RateMeter(startedAt);
  const render = createLogUpdate(terminal);
  let status = startingStatus;
  let tally = emptyTally;
  let namespaced = true;

  const draw = (): void => {
    const size = { columns: terminal.columns, rows: terminal.rows };
    // A pseudo-terminal has no size until somebody looks at it.
    if (!(size.columns > 0 && size.rows > 0)) return;
    const time = now();
    const snapshot = store.snapshot$.value;
    const rows = recent.rows(tableRoom(size), time);
    const counts = phases.entries();
    const [first] = rows;
    if (first !== undefined) namespaced = first.namespace !== '';
    const state = {
      ...{ title, now: time, startedAt, status, tally, rows },
      perSecond: rate.perSecond(time),
      size: snapshot.size,
      expected: snapshot.synced ? snapshot.size : options.expected,
      phases: counts,
      shape: { namespaced, phases: counts.length > 0, nodes },
    };
    render(screen(state, size));
  };

  const take = (commit: Commit<KubernetesObject>): void => {
    phases.apply(commit);
    recent.apply(commit, now());
  };
  const resized$ = fromEvent(terminal, 'resize').pipe(tap(() => (render.clear(), terminal.write(clearScreen))));
  const drawn$ = merge(timer(0, frameInterval), resized$).pipe(tap(draw));

  return {
    frames$: merge(store.commits$.pipe(tap(take)), drawn$),
    next(event) {
      const time = now();
      store.next(event);
      status = reduceStatus(status, event, time);
      tally = reduceTally(tally, event);
      if (isChange(event)) rate.note(time);
    },
    end(summary) {
      draw();
      render.done();
      terminal.write(`stopped after ${duration(now() - startedAt)}: ${summaryText(summary)}\n`);
    },
    refused() {
      render.clear();
      render.done();
    },
  };
}

function isChange({ type }: CacheEvent<unknown>): boolean {
  return type === 'Added' || type === 'Updated' || type === 'Deleted';
}
