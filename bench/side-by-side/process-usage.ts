import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** The usage of a process, as the kernel counts it. */
export interface ProcessUsage {
  /** Seconds of CPU time of all its threads, user and system. */
  readonly cpu: number;
  /** Bytes of memory now. */
  readonly resident: number;
  /** The most bytes of memory since the last {@link forgetPeak}, or since its start. */
  readonly peak: number;
}

/** Reads it from `/proc`, so Linux only. Threads that have ended are not counted: the consumers keep theirs. */
export function usageOf(pid: number): ProcessUsage {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const bytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'mu').exec(status)![1]) * 1024;
  return { cpu: cpuOf(pid), resident: bytes('VmRSS'), peak: bytes('VmHWM') };
}

// `stat` counts in ticks of 10 ms, `schedstat` in nanoseconds.
function cpuOf(pid: number): number {
  const nanoseconds = readdirSync(`/proc/${pid}/task`).map((thread) => {
    try {
      return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      return 0;
    }
  });
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e9;
}

/** Sets the peak back to the memory that is resident now. */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}
