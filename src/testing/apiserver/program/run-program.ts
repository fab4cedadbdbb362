import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { firstValueFrom, fromEvent, interval, merge, NEVER, type Observable, tap } from 'rxjs';
import { exactText } from '../../../protocol/numbers/json-text.ts';
import { seededRandom } from '../../../streams/time/seeded-random.ts';
import { ApiServer } from '../api-server.ts';
import { chanceFailures } from './chance-failures.ts';
import { runCommand } from './command.ts';
import { loadManifests } from './load-manifests.ts';
import { manifestsOf } from './manifests.ts';
import { ProgramError } from './program-error.ts';
import { type ProgramOptions, programOptions, usage } from './program-options.ts';
import { requestLine } from './request-line.ts';
import { readState, writeState } from './state-file.ts';

/** What surrounds the program. */
export interface ProgramSurroundings {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Emits when the program is asked to end. */
  readonly stop$: Observable<unknown>;
}

/**
 * Runs the program to its end and returns its exit code: 0 asked to end, 1 what it has to write could not be written, 2 it did
 * not start.
 */
export async function runProgram(args: readonly string[], surroundings: ProgramSurroundings): Promise<number> {
  const { stdout, stderr } = surroundings;
  try {
    const options = programOptions(args);
    if (options === 'help') stdout.write(usage);
    else await serve(options, surroundings);
    return 0;
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    stderr.write(`kuberx-apiserver: ${error.message}\n`);
    return error instanceof EndError ? 1 : 2;
  }
}

/** What went wrong at the end. */
class EndError extends ProgramError {}

async function serve(options: ProgramOptions, surroundings: ProgramSurroundings): Promise<void> {
  const { stdout, stderr } = surroundings;
  const server = prepared(options);
  const log$ = server.answers$.pipe(tap((request) => stderr.write(`${requestLine(request)}\n`)));
  const cuts$ = interval(options.cutEvery * 1000).pipe(tap(() => server.endStreams({ how: 'reset' })));
  const running = merge(options.log ? log$ : NEVER, options.cutEvery > 0 ? cuts$ : NEVER).subscribe({
    error: (error: unknown) => {
      throw error;
    },
  });
  await started(server, options.port);
  try {
    const kubeconfig = server.writeKubeconfig(options.kubeconfig);
    stderr.write(`kuberx-apiserver: serving ${server.url}\n`);
    stdout.write(`${kubeconfig}\n`);
    await untilEnded(server, options, surroundings);
  } finally {
    running.unsubscribe();
    await server.stop();
  }
  if (options.state !== undefined) keepState(options.state, server);
}

/** The server with all that it has at its start. Nothing was written or opened yet. */
function prepared(options: ProgramOptions): ApiServer {
  const { port, release, tls, token, latency, seed, failures, kubeconfig } = options;
  if (kubeconfig !== undefined && existsSync(kubeconfig)) {
    throw new ProgramError(`${kubeconfig} exists already, and is not overwritten`);
  }
  const random = seed === undefined ? undefined : seededRandom(seed);
  const manifests = { crds: options.crds.flatMap(manifestsOf), loads: options.loads.flatMap(manifestsOf) };
  const server = new ApiServer({
    tls,
    namespaces: true,
    garbageCollection: true,
    managedFields: true,
    ...(port !== undefined && { port }),
    ...(release !== undefined && { release }),
    ...(token !== undefined && { token }),
    ...(latency !== undefined && { latency }),
    ...(random !== undefined && { random }),
  });
  if (options.state !== undefined) loadState(options.state, server);
  const other = manifests.crds.find(({ object }) => object['kind'] !== 'CustomResourceDefinition');
  if (other !== undefined) throw new ProgramError(`${other.path} is not a CustomResourceDefinition: give it by --load`);
  loadManifests(server, [...manifests.crds, ...manifests.loads]);
  if (failures > 0) server.intercept(chanceFailures(failures, random ?? Math.random));
  return server;
}

function loadState(path: string, server: ApiServer): void {
  const state = readState(path);
  if (state === undefined) return;
  try {
    server.load(state);
  } catch (error) {
    throw new ProgramError(`the state ${path}: ${(error as Error).message}`);
  }
}

function keepState(path: string, server: ApiServer): void {
  try {
    writeState(path, server.save());
  } catch (error) {
    throw error instanceof ProgramError ? new EndError(error.message) : error;
  }
}

async function started(server: ApiServer, port: number | undefined): Promise<void> {
  try {
    await server.start();
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new ProgramError(`it cannot listen on ${port === undefined ? 'loopback' : `port ${port}`}: ${code}`);
  }
}

/** Until it is asked to end, or, where it takes commands, until these end. */
async function untilEnded(server: ApiServer, { commands }: ProgramOptions, around: ProgramSurroundings): Promise<void> {
  const { stdin, stdout, stop$ } = around;
  const lines = commands ? createInterface({ input: stdin }) : undefined;
  lines?.on('line', (line) => {
    if (line.trim() !== '') stdout.write(`${exactText(runCommand(server, line))}\n`);
  });
  const commandsEnd$ = lines === undefined ? NEVER : fromEvent(lines, 'close');
  await firstValueFrom(merge(stop$, commandsEnd$), { defaultValue: undefined });
  lines?.close();
}
