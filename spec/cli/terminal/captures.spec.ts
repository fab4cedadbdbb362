import xterm from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { type CacheEvent, KubeError, type KubernetesObject } from 'kuberx';
import { demoChanges, initialStage } from '../../../cli/demo/demo-changes.ts';
import { demoPod, type DemoPod } from '../../../cli/demo/demo-pod.ts';
import { terminalReporter } from '../../../cli/terminal/terminal-reporter.ts';
import { FakeKeyboard, FakeTerminal, inVirtualTime } from './fake-terminal.ts';

const count = 300;
const start = Date.parse('2026-01-04T00:00:00Z');

function stored(pod: DemoPod, index: number, version: number): KubernetesObject {
  const creationTimestamp = new Date(start - ((index * 7_368_787) % 259_200_000)).toISOString();
  const uid = pod.metadata.name;
  return { ...pod, metadata: { ...pod.metadata, creationTimestamp, uid, resourceVersion: String(version) } };
}

const listed: CacheEvent<KubernetesObject> = {
  type: 'Replaced',
  objects: Array.from({ length: count }, (_, index) => stored(demoPod(index, initialStage(index)), index, 1)),
  resourceVersion: '1',
};
const types = { create: 'Added', update: 'Updated', delete: 'Deleted' } as const;
const source = demoChanges(count);
const changes = Array.from({ length: 24 }, (_, index): CacheEvent<KubernetesObject> => {
  const { verb, pod } = source.next().value;
  const object = stored(pod, index, index + 2);
  return { type: types[verb], object, resourceVersion: object.metadata.resourceVersion! };
});
const refused: CacheEvent<KubernetesObject> = {
  type: 'Interrupted',
  error: new KubeError({
    reason: 'ConnectionRefused',
    resource: 'v1/pods',
    message: 'nothing listens at 127.0.0.1 port 6443',
  }),
  phase: 'watching',
  attempt: 3,
  retryIn: 3200,
};

/** What a run writes to a terminal, up to each of the moments that are captured. */
function written(columns: number, rows: number): Map<string, string> {
  const terminal = new FakeTerminal(columns, rows);
  let now = start;
  const reporter = terminalReporter({
    terminal: terminal.stream,
    input: new FakeKeyboard().stream,
    title: { resource: 'v1/pods', namespace: undefined, place: 'production', server: '127.0.0.1:6443' },
    pods: true,
    now: () => now,
  });
  const moments = new Map<string, string>([['before', '$ npm start -- pods -A\n']]);
  inVirtualTime((at) => {
    const drawing = reporter.frames$.subscribe();
    const moment = (time: number, name: string, ...events: readonly CacheEvent<KubernetesObject>[]): void => {
      at(time - 400, () => {
        now = start + time - 400;
        for (const event of events) reporter.next(event);
      });
      at(time, () => moments.set(name, terminal.raw()));
    };
    moment(1000, 'a list', { type: 'Received', phase: 'listing', received: 120, remaining: 180 });
    moment(2000, 'a watch', listed, { type: 'Opened', phase: 'watching' }, ...changes);
    moment(3000, 'a server that is down', refused);
    at(4000, () => {
      now = start + 4000;
      drawing.unsubscribe();
      reporter.end({ synced: count, events: changes.length, relists: 0, interruptions: 1 });
      moments.set('after the end', terminal.raw());
    });
  });
  return moments;
}

/** What a terminal shows at each of the moments. */
async function captured(columns: number, rows: number): Promise<string> {
  const terminal = new xterm.Terminal({ cols: columns, rows, convertEol: true, allowProposedApi: true });
  const parts: string[] = [];
  for (const [name, bytes] of written(columns, rows)) {
    await new Promise<void>((resolve) => terminal.write(bytes, resolve));
    const { active } = terminal.buffer;
    const lines = Array.from(
      { length: rows },
      (_, index) =>
        active
          .getLine(active.viewportY + index)
          ?.translateToString()
          .trimEnd() ?? '',
    );
    parts.push(`=== ${name}, on the ${active.type} screen`, ...lines);
  }
  terminal.dispose();
  return `${parts.join('\n')}\n`;
}

describe('the command line in a terminal', () => {
  it.each([
    [200, 60],
    [80, 24],
    [60, 15],
    [40, 8],
  ])('looks in %d columns and %d rows as captured', async (columns, rows) => {
    await expect(await captured(columns, rows)).toMatchFileSnapshot(`captures/${columns}x${rows}.txt`);
  });
});
