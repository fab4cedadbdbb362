/**
 * `npm run soak`: reflectors follow a server through proxies that fail in every way, while objects are written; at each
 * quiet point every store has to equal a fresh list. Exit codes: 0 no divergence, 1 divergences, or fewer faults than
 * asked for, 2 bad arguments, 3 Go is missing. On SIGINT or SIGTERM it ends at its next quiet point, with its record; on a
 * second one at once.
 */
import { InvalidArgumentError, Option, program } from 'commander';
import { printable } from 'kuberx';
import { GoMissing } from './controlplane/binaries.ts';
import { runSoak, type SoakRecord, sum } from './soak/run-soak.ts';

interface Options {
  readonly minutes: number;
  readonly seed: number;
  readonly server: 'embedded' | 'controlplane';
  readonly faults: number;
  readonly reflectors: number;
}

const positive = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && value < 1e9)) throw new InvalidArgumentError('It takes a number above 0.');
  return value;
};
const whole = (text: string): number => {
  if (!/^\d{1,9}$/u.test(text)) throw new InvalidArgumentError('It takes a whole number.');
  return Number(text);
};
const atLeastOne = (text: string): number => {
  const value = whole(text);
  if (value < 1) throw new InvalidArgumentError('It takes a whole number from 1 on.');
  return value;
};

program
  .name('npm run soak --')
  .description('Compares reflectors behind failing proxies with fresh lists.')
  .option('--minutes <number>', 'how long', positive, 1)
  .option('--seed <number>', 'decides faults and writes (default: the time)', whole, Date.now() % 1_000_000)
  .option('--faults <number>', 'the run counts as failed where fewer happened', whole, 1)
  .option('--reflectors <number>', 'how many of them', atLeastOne, 36)
  .addOption(new Option('--server <name>').choices(['embedded', 'controlplane']).default('embedded'))
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();

process.exitCode = await main(program.opts<Options>()).catch((error: unknown) => {
  if (!(error instanceof GoMissing)) throw error;
  console.error(error.message);
  return 3;
});

async function main({ minutes, seed, server, faults, reflectors }: Options): Promise<number> {
  console.log(`seed: ${seed}`);
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      console.error(`${name}: ends at the next quiet point`);
      stop.abort();
    });
  }
  const record = await runSoak({
    milliseconds: minutes * 60_000,
    signal: stop.signal,
    seed,
    server,
    subjects: reflectors,
    log: (line) => console.error(printable(line)),
  });
  print(record);
  console.log(`seed: ${seed}`);
  if (stop.signal.aborted) console.log('stopped before its time');
  const tooFew = sum(record.faults) < faults;
  if (tooFew) console.log(`fewer faults than the ${faults} that were asked for`);
  console.log(`divergences: ${record.divergences.length}`);
  return record.divergences.length > 0 || tooFew ? 1 : 0;
}

function print(record: SoakRecord): void {
  const { faults, interruptions, writes } = record;
  for (const what of record.divergences.slice(0, 50)) console.log(printable(`divergence: ${what}`));
  for (const [name, count] of faults) console.log(`fault: ${name}: ${count}`);
  for (const [reason, count] of interruptions) console.log(`interruption: ${reason}: ${count}`);
  for (const [kind, count] of Object.entries(writes)) console.log(`write: ${kind}: ${count}`);
  console.log(`faults: ${sum(faults)}`);
  console.log(`requests: ${record.lists} lists, ${record.watches} watches`);
  console.log(`events: ${record.events}`);
  console.log(`relists: ${record.relists}`);
  console.log(`interruptions: ${sum(interruptions)}`);
  const how = record.divergences.length > 0 ? 'compared' : 'all agreed';
  console.log(`quiet points: ${record.quietPoints}, ${how} within ${seconds(record.slowestAgreement)}`);
  for (const { name, longest, sum: late } of record.lags)
    console.log(`lag: ${name}: longest ${seconds(longest)}, ${seconds(late)} in all`);
  console.log(`longest lag: ${seconds(Math.max(...record.lags.map(({ longest }) => longest)))}`);
  console.log(`heap over the baseline: ${(record.heapGrowth / 2 ** 20).toFixed(1)} MiB`);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
