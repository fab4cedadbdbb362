import type { ReadStream, WriteStream } from 'node:tty';
import {
  firstValueFrom,
  lastValueFrom,
  merge,
  NEVER,
  type Observable,
  Subject,
  switchMap,
  takeUntil,
  tap,
  timer,
} from 'rxjs';
import { type CacheEvent, type KubernetesObject, reflector, seconds as secondsOf } from 'kuberx';
import type { Arguments } from './arguments/arguments.ts';
import { clusterSource } from './cluster-source.ts';
import { demoSource } from './demo/demo-source.ts';
import { jsonReporter } from './lines/json-reporter.ts';
import { plainReporter } from './lines/plain-reporter.ts';
import { refused } from './refused.ts';
import type { Reporter } from './reporter.ts';
import type { Source } from './source.ts';
import { emptyTally, reduceTally, summaryOf } from './summary.ts';
import { terminalReporter } from './terminal/terminal-reporter.ts';

/** What a run reaches of its process. */
export interface RunOptions {
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  /** Its TERM decides whether standard output is drawn on. */
  readonly env: NodeJS.ProcessEnv;
  /** Ends the run; one that has emitted before has to repeat it. */
  readonly stop$: Observable<unknown>;
}

/**
 * Reflects what the arguments ask for and shows it, until it is stopped or its time is over.
 *
 * @throws StartError where it cannot start, or the server refuses the credentials before it sent any state.
 */
export async function run(args: Arguments, options: RunOptions): Promise<void> {
  const { stop$ } = options;
  const source = await sourceFor(args, stop$);
  if (source === undefined) return;
  const reporter = reporterFor(args, source, options);
  try {
    const synced$ = new Subject<void>();
    let tally = emptyTally;
    const report = (event: CacheEvent<KubernetesObject>): void => {
      const isSynced = tally.synced !== undefined;
      const refusal = isSynced ? undefined : refused(event);
      tally = reduceTally(tally, event);
      if (refusal !== undefined) {
        reporter.refused(event, summaryOf(tally));
        throw refusal;
      }
      reporter.next(event);
      if (!isSynced && event.type === 'Replaced') synced$.next();
    };
    const everything$ = merge(
      reporter.frames$,
      // Not before, so that the first state is the one that was loaded.
      synced$.pipe(switchMap(() => source.activity$)),
      reflector(source.listerWatcher).pipe(tap(report)),
    );
    const timeIsOver$ = args.seconds === undefined ? NEVER : timer(secondsOf(args.seconds));
    await lastValueFrom(everything$.pipe(takeUntil(merge(stop$, timeIsOver$, reporter.quit$))), {
      defaultValue: undefined,
    });
    reporter.end(summaryOf(tally));
  } finally {
    reporter.close();
    await source.close();
  }
}

/** The source, `undefined` where the run was stopped while a server was asked what is meant. */
function sourceFor({ source }: Arguments, stop$: Observable<unknown>): Promise<Source | undefined> {
  if ('demo' in source) return demoSource(source.demo);
  return firstValueFrom(clusterSource(source.cluster).pipe(takeUntil(stop$)), { defaultValue: undefined });
}

function reporterFor({ json }: Arguments, source: Source, { stdin, stdout, env }: RunOptions): Reporter {
  const { title, pods, expected } = source;
  const write = (text: string): void => void stdout.write(text);
  if (json) return jsonReporter(write);
  if (!canBeDrawnOn(stdout, env)) return plainReporter(write, title);
  return terminalReporter({ terminal: stdout, input: stdin.isTTY ? stdin : undefined, title, pods, expected });
}

/** Whether an output is a terminal that understands more than lines. One whose kind nobody says does not, as for git. */
function canBeDrawnOn({ isTTY }: WriteStream, { TERM: kind = '' }: NodeJS.ProcessEnv): boolean {
  return isTTY && kind !== 'dumb' && (kind !== '' || process.platform === 'win32');
}
