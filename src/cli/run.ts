import type { WriteStream } from 'node:tty';
import { lastValueFrom, merge, NEVER, type Observable, Subscription, takeUntil, tap, timer } from 'rxjs';
import { reflector } from '../reflector/reflector.ts';
import { seconds as secondsOf } from '../time/duration.ts';
import type { Arguments } from './arguments.ts';
import { clusterSource } from './cluster-source.ts';
import { demoSource } from './demo-source.ts';
import { jsonReporter } from './json-reporter.ts';
import { plainReporter } from './plain-reporter.ts';
import { refused } from './refused.ts';
import type { Reporter } from './reporter.ts';
import type { Source } from './source.ts';
import { emptyTally, reduceTally, summaryOf } from './summary.ts';
import { terminalReporter } from './terminal-reporter.ts';

/** What a run reaches of its process. */
export interface RunOptions {
  readonly stdout: WriteStream;
  /** Ends the run; one that has emitted before has to repeat it. */
  readonly stop$: Observable<unknown>;
}

/**
 * Reflects what the arguments ask for and shows it, until it is stopped or its time is over.
 *
 * @throws StartError where it cannot start, or the server refuses the credentials before it sent any state.
 */
export async function run(args: Arguments, { stdout, stop$ }: RunOptions): Promise<void> {
  const source = 'demo' in args.source ? await demoSource(args.source.demo) : clusterSource(args.source.cluster);
  const activity = new Subscription();
  try {
    const reporter = reporterFor(args, source, stdout);
    const timeIsOver$ = args.seconds === undefined ? NEVER : timer(secondsOf(args.seconds));
    let tally = emptyTally;
    const events$ = reflector(source.listerWatcher).pipe(
      tap((event) => {
        const refusal = tally.synced === undefined ? refused(event) : undefined;
        const isFirst = tally.synced === undefined && event.type === 'Replaced';
        tally = reduceTally(tally, event);
        if (refusal !== undefined && event.type === 'Interrupted') {
          reporter.refused(event, summaryOf(tally));
          throw refusal;
        }
        reporter.next(event);
        // Not before, so that the first state is the one that was loaded.
        if (isFirst) activity.add(source.activity$.subscribe());
      }),
      takeUntil(merge(stop$, timeIsOver$)),
    );
    await lastValueFrom(events$, { defaultValue: undefined });
    reporter.end(summaryOf(tally));
  } finally {
    activity.unsubscribe();
    await source.close();
  }
}

function reporterFor({ json }: Arguments, { title, nodes, expected }: Source, stdout: WriteStream): Reporter {
  const write = (text: string): void => void stdout.write(text);
  if (json) return jsonReporter(write);
  return stdout.isTTY ? terminalReporter({ terminal: stdout, title, nodes, expected }) : plainReporter(write);
}
