import { Session } from 'node:inspector/promises';

/** A function of the source: its file below `src/`, and its name. */
export type Counted = readonly [file: string, name: string];

/**
 * The number of calls of functions of the source while `work` runs, as V8's coverage counts it: exactly, and without a
 * change of the functions. Throws for a function that is never called, for example because it was renamed.
 */
export async function countCalls<K extends string>(
  functions: Readonly<Record<K, Counted>>,
  work: () => Promise<void>,
): Promise<Readonly<Record<K, number>>> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    await session.post('Profiler.takePreciseCoverage');
    await work();
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const counted = (Object.entries(functions) as [K, Counted][]).map(([what, [file, name]]) => {
      const script = result.find(({ url }) => url.endsWith(`/src/${file}`));
      const calls = (script?.functions ?? []).filter(({ functionName }) => functionName === name);
      const count = calls.reduce((sum, { ranges }) => sum + ranges[0]!.count, 0);
      if (count === 0) throw new Error(`${name} of src/${file} is not called, or has another name`);
      return [what, count] as const;
    });
    return Object.fromEntries(counted) as Record<K, number>;
  } finally {
    session.disconnect();
  }
}
