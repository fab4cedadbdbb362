#!/usr/bin/env node
import { ReplaySubject } from 'rxjs';
import { runProgram } from './run-program.ts';

const { stdin, stdout, stderr } = process;

/** Why the program ends: a signal, or that nobody reads what it writes. */
const stop$ = new ReplaySubject<void>(1);
let signals = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    signals += 1;
    // The second signal ends it at once: the user does not want to wait.
    if (signals > 1) process.exit(1);
    stop$.next();
  });
}
for (const stream of [stdout, stderr]) stream.on('error', () => stop$.next());

process.exitCode = await runProgram(process.argv.slice(2), { stdin, stdout, stderr, stop$ });
// A terminal on standard input would keep the process.
stdin.destroy();
