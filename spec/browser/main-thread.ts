import type { Page } from 'playwright-core';

/** A task of the page's main thread. */
export interface Task {
  /** CPU time of the thread, in milliseconds: that a busy machine takes it away from the thread does not count. */
  readonly cpu: number;
  /** The longest parts of the five longest tasks, to say what took the time. */
  readonly parts: readonly string[];
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string; readonly data?: object };
}

/** Returns the tasks of the page's main thread during `run`, the longest first, from a trace by the DevTools protocol. */
export async function mainThreadTasks(page: Page, run: () => Promise<void>): Promise<readonly Task[]> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  const categories = 'disabled-by-default-devtools.timeline,devtools.timeline,v8';
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: traceConfig(categories) });
  await run();
  await session.send('Tracing.end');
  await complete;
  await session.detach();

  const main = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const ofMain = (event: TraceEvent): boolean =>
    event.ph === 'X' && main.some(({ pid, tid }) => pid === event.pid && tid === event.tid);
  const spans = events.filter(ofMain);
  const tasks = spans.filter(({ name }) => name === 'RunTask' || name.endsWith('::RunTask'));
  return tasks
    .toSorted((a, b) => cpuOf(b) - cpuOf(a))
    .map((task, index) => ({ cpu: cpuOf(task), parts: index < 5 ? partsOf(task, spans) : [] }));
}

const traceConfig = (categories: string): object => ({
  includedCategories: categories.split(','),
  excludedCategories: ['*'],
  recordMode: 'recordAsMuchAsPossible',
  traceBufferSizeInKb: 400_000,
});

const cpuOf = ({ tdur }: TraceEvent): number => (tdur ?? NaN) / 1000;

function partsOf(task: TraceEvent, events: readonly TraceEvent[]): string[] {
  const end = task.ts + (task.dur ?? 0);
  const within = events.filter(
    (event) => event !== task && event.pid === task.pid && event.ts >= task.ts && event.ts + (event.dur ?? 0) <= end,
  );
  const longest = within.sort((a, b) => cpuOf(b) - cpuOf(a)).slice(0, 6);
  return longest.map(
    (event) => `${event.name} ${cpuOf(event).toFixed(1)} ${JSON.stringify(event.args.data ?? {}).slice(0, 160)}`,
  );
}
