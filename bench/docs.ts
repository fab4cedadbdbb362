/**
 * `npm run bench:docs`: writes the last measurements into `docs/performance.md` and the README: the tables of
 * `docs/performance/side-by-side.json` and `profile.json`, and the curves and tables of `scale.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { curves } from './docs/curves.ts';
import { flagsTable, machineOf, markdownTable, profileTable, scaleTables, summaryTable } from './docs/markdown.ts';
import type { BenchResult, ProfileResult, ScaleResult } from './side-by-side/results.ts';
import { tablesOf } from './side-by-side/tables.ts';

const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
const read = (name: string): unknown => JSON.parse(readFileSync(path(name), 'utf8'));

const sideBySide = read('docs/performance/side-by-side.json') as BenchResult;
/** Runs of `npm run bench -- --node-flags … --json`, one a line. */
const flags = readFileSync(path('docs/performance/flags.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as BenchResult);
const scale = read('docs/performance/scale.json') as ScaleResult;

const profile = read('docs/performance/profile.json') as ProfileResult;

const tables = tablesOf(sideBySide).map(
  ({ title, columns, rows }) => `**${title}**\n\n${markdownTable(columns, rows)}`,
);
await replaceIn('docs/performance.md', {
  'side by side': `${machineOf(sideBySide)}\n\n${tables.join('\n\n')}`,
  profile: profileTable(profile),
  flags: flagsTable(flags),
  scale: scaleTables(scale).join('\n\n'),
});
await replaceIn('README.md', { performance: summaryTable(sideBySide) });
for (const [name, svg] of await curves(scale)) writeFileSync(path(`docs/performance/${name}.svg`), svg);

/** Between `<!-- bench: NAME -->` and `<!-- /bench -->`. */
async function replaceIn(file: string, blocks: Readonly<Record<string, string>>): Promise<void> {
  let text = readFileSync(path(file), 'utf8');
  for (const [name, content] of Object.entries(blocks)) {
    const [start, end] = [`<!-- bench: ${name} -->`, '<!-- /bench -->'];
    const from = text.indexOf(start);
    const to = text.indexOf(end, from);
    if (from === -1 || to === -1) throw new Error(`${file} has no place for ${name}`);
    text = `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
  }
  const config = await resolveConfig(path(file));
  writeFileSync(path(file), await format(text, { ...config, filepath: path(file) }));
}
