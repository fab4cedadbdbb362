import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { buildPeer, PeerMissing } from '../side-by-side/build-peers.ts';

interface GoCosts {
  readonly clientGo: number;
  readonly controllerRuntime: number;
}

/** In nanoseconds for each key. */
export interface GoQueues {
  /** By the number of keys. */
  readonly keys: Readonly<Record<string, GoCosts>>;
  /** By the number of workers. */
  readonly runs: Readonly<Record<string, GoCosts>>;
}

/** Measures the work queues of client-go and controller-runtime, or returns why they cannot be measured. */
export async function goQueues(): Promise<GoQueues | string> {
  try {
    const program = await buildPeer('workqueue', (line) => console.log(line));
    const { stdout } = await promisify(execFile)(program);
    return JSON.parse(stdout) as GoQueues;
  } catch (error) {
    if (error instanceof PeerMissing) return error.message;
    throw error;
  }
}
