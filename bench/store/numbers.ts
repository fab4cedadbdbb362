import { objectParser } from '#src/sharing/object-parser.ts';
import { jsonBody } from '#src/transport/decode/json-body.ts';
import { nanoseconds, processorTime } from './measure.ts';
import { podJson } from './pod.ts';
import { type Section, times } from './section.ts';

const count = 5000;

/** What integers beyond 2^53 cost: in reading, where no object has one, and where each has; and in writing. */
export function numbers(): Section {
  const texts = Array.from({ length: count }, (_, index) => podJson(index, 0));
  const withLong = texts.map((text) => text.replace('"spec":{', '"spec":{"startedAt":1764547200123456789,'));
  const pods = texts.map((text) => JSON.parse(text) as unknown);
  const path = '/api/v1/pods';
  const [plain, exact] = [objectParser({ path }), objectParser({ path, exactIntegers: true })];
  const ways: readonly [string, () => unknown][] = [
    ['read: JSON.parse', () => texts.map((text) => JSON.parse(text) as unknown)],
    ['read: siblingParser', () => texts.map((text) => plain(text))],
    ['read with exactIntegers', () => texts.map((text) => exact(text))],
    ['read with exactIntegers, and each has one', () => withLong.map((text) => exact(text))],
    ['write: JSON.stringify', () => pods.map((pod) => JSON.stringify(pod))],
    ['write: jsonBody, which looks at each number', () => pods.map((pod) => jsonBody('v1/pods', pod))],
  ];
  const nanos = nanoseconds(
    ways.map(([name, run]) => ({ name, operations: count, run })),
    7,
    processorTime,
  );
  const bytes = texts.reduce((sum, { length }) => sum + length, 0) / count;
  return {
    title: `a pod of ${(bytes / 1000).toFixed(1)} kB, one of 100 siblings`,
    columns: ['way', 'us', 'ms for each MB', 'ratio to the first'],
    rows: ways.map(([name]) => {
      const first = nanos.get(ways[name.startsWith('read') ? 0 : 4]![0])!;
      const time = nanos.get(name)!;
      return [name, (time / 1000).toFixed(1), (time / bytes).toFixed(2), times(time / first)];
    }),
    verdicts: [],
  };
}
