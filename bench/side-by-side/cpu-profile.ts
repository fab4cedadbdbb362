import { type Profiler, Session } from 'node:inspector/promises';

/** Microseconds of the main thread by what they were spent on; `idle` is its waiting. */
export type CpuProfile = Readonly<Record<string, number>>;

const ownLayers = /\/dist\/(transport|store|reflector|informer|rest|client-node|protocol)\//u;

/** Profiles this process from now on. The returned function ends the profile and returns the times. */
export async function startCpuProfile(): Promise<() => Promise<CpuProfile>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 250 });
  await session.post('Profiler.start');
  return async () => {
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    return groups(profile);
  };
}

function groups({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): CpuProfile {
  const groupOf = new Map(nodes.map(({ id, callFrame }) => [id, group(callFrame)]));
  const spent: Record<string, number> = {};
  samples.forEach((id, index) => {
    const name = groupOf.get(id) ?? 'other';
    spent[name] = (spent[name] ?? 0) + (timeDeltas[index] ?? 0);
  });
  return spent;
}

/** The time of native code such as `JSON.parse` counts for its caller. */
function group({ functionName, url }: Profiler.Profile['nodes'][number]['callFrame']): string {
  if (functionName === '(idle)') return 'idle';
  if (functionName === '(garbage collector)') return 'collecting garbage';
  if (functionName === '(program)') return 'native code and the system';
  if (url.startsWith('node:') || url === '') return 'Node: sockets, TLS, HTTP';
  if (url.includes('/node_modules/rxjs/')) return 'rxjs';
  if (url.includes('/node_modules/')) return 'a library: decoding, parsing';
  const layer = ownLayers.exec(url)?.[1];
  if (layer === undefined) return 'the consumer itself';
  return layer === 'transport'
    ? 'transport: decoding, parsing'
    : layer === 'store'
      ? 'store: sharing, freezing'
      : 'other layers';
}
