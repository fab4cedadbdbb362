import { fromEvent, merge, ReplaySubject, share, skip } from 'rxjs';
import { parseArguments } from './arguments.ts';
import { run } from './run.ts';
import { StartError } from './start-error.ts';

const { stdout, stderr } = process;

const signals$ = merge(...['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => fromEvent(process, signal))).pipe(share());
/** Why a run is stopped. That the reader of standard output has gone away is a reason too. */
const stop$ = new ReplaySubject<unknown>(1);
merge(signals$, fromEvent(stdout, 'error')).subscribe(stop$);
// Whoever asks twice does not want to wait.
signals$.pipe(skip(1)).subscribe(() => process.exit(1));

async function main(): Promise<number> {
  try {
    const args = parseArguments(process.argv.slice(2));
    if ('help' in args) stdout.write(args.help);
    else await run(args, { stdout, stop$ });
    return 0;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    stderr.write(`kuberx: ${error.message}\n`);
    return 2;
  }
}

const exitCode = await main();
// A slow pipe gets all that was written before the process goes.
stdout.write('', () => process.exit(exitCode));
