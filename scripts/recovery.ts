/**
 * `npm run recovery`: how stale kuberx and client-go are after the same faults, on a real control plane. Exit codes: 0 kuberx
 * recovers as soon as client-go and with no more attempts, 1 it does not, or something failed, 2 bad arguments, 3 Go is
 * missing.
 */
import { InvalidArgumentError, program } from 'commander';
import { GoMissing } from './controlplane/binaries.ts';
import { startControlPlane } from './controlplane/control-plane.ts';
import { faults } from './recovery/faults.ts';
import { type ConsumerName, consumerNames } from './recovery/lane.ts';
import { measureRecovery, type RecoveryOptions } from './recovery/run-recovery.ts';
import { type FaultResult, judge, textOf } from './recovery/results.ts';

interface Options {
  readonly fault: string[];
  readonly rounds: number;
  readonly consumers: ConsumerName[];
  readonly json?: true;
}

const amongst =
  <T extends string>(names: readonly T[]) =>
  (text: string): T[] => {
    const given = text.split(',') as T[];
    if (!given.every((name) => names.includes(name)))
      throw new InvalidArgumentError(`The names are ${names.join(', ')}.`);
    return given;
  };
const whole = (text: string): number => {
  if (!/^[1-9]\d?$/u.test(text)) throw new InvalidArgumentError('It takes a whole number from 1 to 99.');
  return Number(text);
};

program
  .name('npm run recovery --')
  .description('Compares how stale kuberx and client-go are after the same faults.')
  .option('--fault <names>', 'just these, separated by commas', amongst(Object.keys(faults)), Object.keys(faults))
  .option('--rounds <number>', 'how many of each consumer, at the same time: medians are told', whole, 1)
  .option('--consumers <names>', 'just these', amongst(consumerNames), [...consumerNames])
  .option('--json', 'print the figures of every round as JSON')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();

const log = (line: string): void => void process.stderr.write(`${line}\n`);
process.exitCode = await main(program.opts<Options>()).catch((error: unknown) => {
  if (!(error instanceof GoMissing)) throw error;
  log(error.message);
  return 3;
});

async function main({ fault, rounds, consumers, json }: Options): Promise<number> {
  const controlPlane = await startControlPlane({ log });
  try {
    const options: RecoveryOptions = { controlPlane, consumers, rounds, log };
    const measure = async (name: string): Promise<FaultResult> => ({
      name,
      samples: await measureRecovery(faults[name]!, options),
    });
    // Faults of paths alone happen at the same time.
    const results = await Promise.all(fault.filter((name) => !faults[name]!.disruptive).map(measure));
    for (const name of fault.filter((each) => faults[each]!.disruptive)) results.push(await measure(name));
    results.sort((a, b) => fault.indexOf(a.name) - fault.indexOf(b.name));
    console.log(json ? JSON.stringify(results) : textOf(results));
    const failures = results.flatMap(judge);
    for (const failure of failures) log(`FAILED: ${failure}`);
    return failures.length > 0 ? 1 : 0;
  } finally {
    await controlPlane.stop();
  }
}
