import { ReplaySubject } from 'rxjs';
import { parseArguments } from './arguments/arguments.ts';
import { StartError } from './start-error.ts';

const { stdin, stdout, stderr, env } = process;

/** Why a run is stopped: a signal, or that the reader of standard output has gone away. */
const stop$ = new ReplaySubject<void>(1);
let signals = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) {
  process.on(signal, () => {
    signals += 1;
    // The second signal ends at once: the user does not want to wait.
    if (signals > 1) process.exit(1);
    stop$.next();
  });
}
/** Why lines were lost. A reader that has gone (EPIPE) has seen enough; anything else is a fault. */
let lost: NodeJS.ErrnoException | undefined;
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') lost ??= error;
  stop$.next();
});

async function main(): Promise<number> {
  try {
    const args = parseArguments(process.argv.slice(2));
    if ('text' in args) {
      stdout.write(args.text);
    } else {
      // The client takes a while to load. Nobody waits for it to learn of a typing error.
      const { run } = await import('./run.ts');
      await run(args, { stdin, stdout, env, stop$ });
    }
    return 0;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    stderr.write(`kuberx: ${error.message}\n`);
    return 2;
  }
}

const exitCode = await main();
// A slow pipe gets all that was written before the process goes.
stdout.write('', () => {
  if (lost !== undefined) stderr.write(`kuberx: standard output cannot be written: ${lost.code ?? lost.message}\n`);
  process.exit(lost === undefined ? exitCode : 1);
});
