import { type Command, ConsumerProcess } from './consumer-process.ts';
import type { PodWriter } from './pod-writer.ts';
import { forgetPeak } from './process-usage.ts';

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

/** One run of one consumer. */
export interface Sample {
  /** Seconds of CPU from the first request until all is held. */
  readonly syncCpu: number;
  /** Seconds. */
  readonly syncTime: number;
  /** Bytes that stay in use for each object, without what was in use before. */
  readonly heapPerObject: number;
  /** Bytes after the garbage is collected. */
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
  /**
   * The longest time in milliseconds that the event loop stood still during the sync, without and with the moment in which
   * the whole state is put in place. Of consumers in Node, on demand.
   */
  readonly stalls?: { readonly before: number; readonly withSwap: number };
}

/** An update that has not been seen so many milliseconds after the last one was written is lost. */
const patienceForUpdates = 15_000;

/** Starts a consumer, lets it sync, then updates pods, and ends it. Rejects where it misses a pod or an update. */
export async function measureConsumer(command: Command, writer: PodWriter, options: RunOptions): Promise<Sample> {
  const { objects, events } = options;
  const consumer = new ConsumerProcess(command);
  const heap = async (): Promise<number> => {
    consumer.say('gc');
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
    const stalls = 'BENCH_STALLS' in command.env ? await hearStalls(consumer) : undefined;
    const heapAfter = await heap();
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
      ...(stalls !== undefined && { stalls }),
    };
  } finally {
    await consumer.end();
  }
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function hearStalls(consumer: ConsumerProcess): Promise<{ before: number; withSwap: number }> {
  const [before, withSwap] = (await consumer.hear('stalls')).split(' ').map(Number);
  return { before: before!, withSwap: withSwap! };
}
