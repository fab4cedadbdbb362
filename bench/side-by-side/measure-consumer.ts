import { type Command, ConsumerProcess } from './consumer-process.ts';
import type { CpuProfile } from './cpu-profile.ts';
import type { PodWriter } from './pod-writer.ts';
import { forgetPeak } from './process-usage.ts';
import type { Turn } from './turn-meter.ts';

/** How a run goes. */
export interface RunOptions {
  readonly objects: number;
  /** Updates at a fixed rate. */
  readonly events: number;
  /** Updates before those, at the same rate, that are not counted: a compiler in the process is done with them. */
  readonly warmUp: number;
  /** Updates a second. */
  readonly rate: number;
}

/** The longest turns of an event loop until the whole state is put in place, and with the turn that does that. */
export interface LongestTurns {
  readonly before: Turn;
  readonly withSwap: Turn;
}

/** One run of one consumer. */
export interface Sample {
  /** Seconds of CPU from the first request until all is held. */
  readonly syncCpu: number;
  /** Seconds. */
  readonly syncTime: number;
  /** Bytes that stay in use for each object, without the bytes in use before. */
  readonly heapPerObject: number;
  /** Bytes after a garbage collection and after free memory was returned to the system. */
  readonly resident: number;
  /** Bytes, during the sync. */
  readonly peak: number;
  /** Microseconds of CPU for each update. */
  readonly cpuPerEvent: number;
  /** Milliseconds from the sending of an update until the changed object is held. */
  readonly p50: number;
  readonly p99: number;
  /** Updates a second that the server took. */
  readonly rate: number;
  /** The longest turns of the event loop during the sync, if they were asked for. */
  readonly turns?: LongestTurns;
}

/** The time after the last update was written after which an unseen update is lost, in milliseconds. */
const patienceForUpdates = 15_000;

/** Starts a consumer, lets it sync, then updates pods, and ends it. Rejects if it misses a pod or an update. */
export async function measureConsumer(command: Command, writer: PodWriter, options: RunOptions): Promise<Sample> {
  const { objects, events } = options;
  const consumer = new ConsumerProcess(command);
  const heap = async (how = ''): Promise<number> => {
    consumer.say(`gc ${how}`.trim());
    return Number(await consumer.hear('heap'));
  };
  try {
    await consumer.hear('ready');
    const heapBefore = await heap();
    forgetPeak(consumer.pid);
    const [start, before] = [performance.now(), consumer.usage()];
    consumer.say('start');
    const held = Number(await consumer.hear('synced'));
    const [synced, after] = [performance.now(), consumer.usage()];
    if (held !== objects) throw new Error(`it holds ${held} pods of ${objects}`);
    const heapAfter = await heap();
    await heap('trim');
    const { resident } = consumer.usage();

    const update = async (count: number): Promise<number> => {
      const rate = await writer.write(count, options.rate);
      await consumer.hear('seen', patienceForUpdates);
      return rate;
    };
    const expect = async (count: number): Promise<void> => {
      consumer.say(`expect ${count}`);
      await consumer.hear('expecting');
    };
    if (options.warmUp > 0) {
      await expect(options.warmUp);
      await update(options.warmUp);
    }
    await expect(events);
    const idle = consumer.usage();
    const rate = await update(events);
    const busy = consumer.usage();
    consumer.say('latencies');
    const latencies = (await consumer.hear('latencies')).split(' ').map(Number).sort((a, b) => a - b); // prettier-ignore
    return {
      syncCpu: after.cpu - before.cpu,
      syncTime: (synced - start) / 1000,
      heapPerObject: (heapAfter - heapBefore) / objects,
      resident,
      peak: after.peak,
      cpuPerEvent: ((busy.cpu - idle.cpu) * 1e6) / events,
      p50: quantile(latencies, 0.5) / 1000,
      p99: quantile(latencies, 0.99) / 1000,
      rate,
    };
  } finally {
    await consumer.end();
  }
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Starts a consumer in Node, lets it sync, warms it up, and returns a profile of updates: microseconds for each update. */
export async function measureProfile(
  command: Command,
  writer: PodWriter,
  { events, warmUp, rate }: Omit<RunOptions, 'objects'>,
): Promise<CpuProfile> {
  const consumer = new ConsumerProcess(command);
  const ask = async (line: string, answer: string): Promise<string> => {
    consumer.say(line);
    return consumer.hear(answer);
  };
  const update = async (count: number): Promise<void> => {
    await ask(`expect ${count}`, 'expecting');
    await writer.write(count, rate);
    await consumer.hear('seen', patienceForUpdates);
  };
  try {
    await consumer.hear('ready');
    await ask('start', 'synced');
    await update(warmUp);
    await ask('profile', 'profiling');
    await update(events);
    const spent = JSON.parse(await ask('profile', 'profile')) as CpuProfile;
    return Object.fromEntries(Object.entries(spent).map(([name, microseconds]) => [name, microseconds / events]));
  } finally {
    await consumer.end();
  }
}

/** Starts a consumer in Node, lets it sync, and ends it. */
export async function measureTurns({ env, ...command }: Command): Promise<LongestTurns> {
  const consumer = new ConsumerProcess({ ...command, env: { ...env, BENCH_TURNS: '1' } });
  try {
    await consumer.hear('ready');
    consumer.say('start');
    const [time, cpu, timeWithSwap, cpuWithSwap] = (await consumer.hear('turns')).split(' ').map(Number);
    return { before: { time: time!, cpu: cpu! }, withSwap: { time: timeWithSwap!, cpu: cpuWithSwap! } };
  } finally {
    await consumer.end();
  }
}
