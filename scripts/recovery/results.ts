import { type ConsumerName, consumerNames } from './lane.ts';
import type { RecoverySample } from './run-recovery.ts';

/** The results of all consumers for one fault. */
export interface FaultResult {
  readonly name: string;
  readonly samples: readonly RecoverySample[];
}

/** The allowed excess of kuberx's staleness over client-go's, as a factor and in milliseconds. */
const margin = { factor: 1.2, milliseconds: 1000 } as const;

/** The points in which kuberx is worse than client-go, in words. Empty if one of them was not measured. */
export function judge(result: FaultResult): string[] {
  const [ours, theirs] = (['kuberx', 'client-go'] as const).map((name) => mediansOf(result, name));
  const failures: string[] = [];
  if (ours !== undefined && theirs !== undefined) {
    const bound = theirs.longest * margin.factor + margin.milliseconds;
    if (ours.longest > bound)
      failures.push(`${result.name}: stale for ${seconds(ours.longest)} s, client-go for ${seconds(theirs.longest)} s`);
    if (ours.attempts > theirs.attempts)
      failures.push(`${result.name}: ${ours.attempts} attempts, client-go ${theirs.attempts}`);
  }
  if (ours !== undefined && ours.disagreements > 0)
    failures.push(`${result.name}: disagrees with a fresh list in ${ours.disagreements} of ${ours.rounds} rounds`);
  return failures;
}

/** A table of the medians, in Markdown. */
export function textOf(results: readonly FaultResult[]): string {
  const columns = [
    'fault',
    'consumer',
    'longest, s',
    'sum, s',
    'attempts',
    'connections',
    'requests',
    'lists',
    'agrees',
  ];
  const rows = results.flatMap((result) =>
    consumerNames.flatMap((consumer) => {
      const medians = mediansOf(result, consumer);
      if (medians === undefined) return [];
      const { longest, sum, attempts, connections, requests, lists, rounds, disagreements } = medians;
      const agrees = `${rounds - disagreements} of ${rounds}`;
      return [[result.name, consumer, seconds(longest), seconds(sum), attempts, connections, requests, lists, agrees]];
    }),
  );
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

interface Medians extends Omit<RecoverySample, 'consumer' | 'differences'> {
  readonly rounds: number;
  readonly disagreements: number;
}

function mediansOf({ samples }: FaultResult, consumer: ConsumerName): Medians | undefined {
  const own = samples.filter((sample) => sample.consumer === consumer);
  if (own.length === 0) return undefined;
  const median = (figure: (sample: RecoverySample) => number): number =>
    own.map(figure).sort((a, b) => a - b)[Math.floor((own.length - 1) / 2)]!;
  return {
    rounds: own.length,
    longest: median(({ longest }) => longest),
    sum: median(({ sum }) => sum),
    attempts: median(({ attempts }) => attempts),
    connections: median(({ connections }) => connections),
    requests: median(({ requests }) => requests),
    lists: median(({ lists }) => lists),
    disagreements: own.filter(({ differences }) => differences.length > 0).length,
  };
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}
