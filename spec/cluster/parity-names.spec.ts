import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPage } from '../named-specs.ts';

/** A name as the page has it, and whether the page says that it is of a later version. */
interface NamedTest {
  readonly name: string;
  readonly isLater: boolean;
}

const page = readPage('docs/parity.md');
const root = join(import.meta.dirname, '../..');
const goTest = /\b(?:Test|Benchmark|Example|Fuzz)\w*/gu;

/** Every test of `tools/cache` and of `util/workqueue`, by the module that the control plane is built with. */
function testsOfClientGo(): string[] {
  const list = ['list', '-m', '-f', '{{.Dir}}', 'k8s.io/client-go'];
  const module = execFileSync('go', list, { cwd: join(root, 'controlplane'), encoding: 'utf8' }).trim();
  return ['tools/cache', 'util/workqueue']
    .map((folder) => join(module, folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
    .filter((file) => basename(file).endsWith('_test.go'))
    .flatMap((file) => Array.from(readFileSync(file, 'utf8').matchAll(/^func (\w+)\(/gmu), ([, name]) => name!))
    .filter((name) => /^(?:Test|Benchmark|Example|Fuzz)/u.test(name));
}

/** Every test that the page names, but for those of its last section, which are of others. */
function testsOfPage(): NamedTest[] {
  const [tables = ''] = page.split('## Defects of others');
  return tables
    .split('\n')
    .filter((line) => /^\| (?:Test|Benchmark|Example|Fuzz)/u.test(line))
    .flatMap((line) => {
      const what = line.split('|')[1] ?? '';
      return (what.match(goTest) ?? []).map((name) => ({ name, isLater: what.includes('(v0.37)') }));
    });
}

describe('docs/parity.md, beside client-go itself', () => {
  const theirs = new Set(testsOfClientGo());
  const ours = testsOfPage();

  it('names the version that it was compared with', () => {
    const version = /k8s\.io\/client-go => k8s\.io\/client-go (v[\d.]+)/u.exec(readPage('controlplane/go.mod'))?.[1];
    expect(version).toMatch(/^v0\.\d+\.\d+$/u);
    expect(page).toContain(`as of ${version}`);
    expect(theirs.size).toBeGreaterThan(150);
  });

  it('has a row for every test', () => {
    const named = new Set(ours.map(({ name }) => name));
    expect([...theirs].filter((name) => !named.has(name))).toEqual([]);
  });

  it('names no test that there is not', () => {
    expect(ours.filter(({ name, isLater }) => theirs.has(name) === isLater).map(({ name }) => name)).toEqual([]);
  });
});
