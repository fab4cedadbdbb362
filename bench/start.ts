/**
 * `npm run bench:start`: what it takes to import the entries of the built package, each in a process of its own. The time of a process
 * without imports shows how busy the machine is: look at the ratios to it.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import Table from 'cli-table3';

const run = promisify(execFile);
const rounds = 10;
const imports = [[], ['rxjs'], ['yaml'], ['kuberx/kubeconfig'], ['kuberx/rest'], ['kuberx', 'kuberx/rest', 'kuberx/kubeconfig'], ['kuberx/client-node']]; // prettier-ignore

interface Start {
  /** From the start of the process to its end, ms. */
  readonly wall: number;
  /** Of the imports alone, ms. */
  readonly inside: number;
  /** Of the imports alone, of all threads, ms. */
  readonly cpu: number;
}

async function started(entries: readonly string[]): Promise<Start> {
  const program = `
    const [before, used] = [performance.now(), process.cpuUsage()];
    ${entries.map((entry) => `await import(${JSON.stringify(entry)});`).join('\n')}
    const { user, system } = process.cpuUsage(used);
    console.log(JSON.stringify({ inside: performance.now() - before, cpu: (user + system) / 1000 }));
  `;
  const before = performance.now();
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program]);
  const wall = performance.now() - before;
  return { wall, ...(JSON.parse(stdout) as Omit<Start, 'wall'>) };
}

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[values.length >> 1]!;

await run('npm', ['run', '--silent', 'build']);
const samples = imports.map((): Start[] => []);
// In turn, so that a busy moment is everybody's.
for (let round = 0; round < rounds; round += 1)
  for (const [index, entries] of imports.entries()) samples[index]!.push(await started(entries));

const table = new Table({ head: ['imports', 'process, ms', 'import, ms', 'import, least', 'CPU of import, ms'] });
for (const [index, entries] of imports.entries()) {
  const of = (name: keyof Start): readonly number[] => samples[index]!.map((start) => start[name]);
  const inside = of('inside');
  const figures = [median(of('wall')), median(inside), Math.min(...inside), median(of('cpu'))];
  table.push([entries.join(', ') || 'nothing', ...figures.map((figure) => figure.toFixed(0))]);
}
process.stdout.write(`${table.toString()}\nMedians of ${rounds}.\n`);
