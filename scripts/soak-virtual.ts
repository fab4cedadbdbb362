/**
 * `npm run soak:virtual`: the soak in virtual time, on a server in memory: many seeds in little time, and each can be run
 * again alone. Exit codes: 0 no divergence, 1 divergences, 2 bad arguments.
 */
import { InvalidArgumentError, program } from 'commander';
import { printable } from 'kuberx';
import { sum } from './soak/run-soak.ts';
import { merged } from './soak/merged.ts';
import { virtualSoak, type VirtualSoakRecord } from './soak/virtual/virtual-soak.ts';

const whole = (text: string): number => {
  if (!/^\d{1,9}$/u.test(text)) throw new InvalidArgumentError('It takes a whole number.');
  return Number(text);
};

program
  .name('npm run soak:virtual --')
  .description('Compares reflectors behind failing paths with their server, seed by seed, in virtual time.')
  .option('--seeds <number>', 'how many', whole, 1000)
  .option('--from <number>', 'the first of them', whole, 0)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();
const { seeds, from } = program.opts<{ seeds: number; from: number }>();

const start = performance.now();
const records: VirtualSoakRecord[] = [];
let divergences = 0;
for (let seed = from; seed < from + seeds; seed++) {
  const record = virtualSoak(seed);
  records.push(record);
  divergences += record.divergences.length;
  for (const what of record.divergences.slice(0, 5)) console.log(printable(`divergence: seed ${seed}: ${what}`));
}
const faults = merged(records.map((record) => record.faults));
for (const [name, count] of faults) console.log(`fault: ${name}: ${count}`);
for (const count of ['events', 'relists'] as const)
  console.log(`${count}: ${records.reduce((total, record) => total + record[count], 0)}`);
console.log(`faults: ${sum(faults)}`);
console.log(`seeds: ${seeds}, from ${from}, in ${((performance.now() - start) / 1000).toFixed(1)} s`);
console.log(`divergences: ${divergences}`);
process.exitCode = divergences > 0 ? 1 : 0;
