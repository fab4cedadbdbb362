import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failures, type Report } from './report.ts';

/** The numbers of checks or specs that passed and failed. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

/** Runs an npm script, and gives whether it passed, and what it said unless that was printed at once. */
async function run(script: string, args: readonly string[], stdio: 'pipe' | 'inherit'): Promise<[boolean, string]> {
  const child = spawn('npm', ['run', '--silent', script, '--', ...args], { stdio: ['ignore', stdio, stdio] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const passed = await new Promise<boolean>((resolve) => {
    child.on('error', () => resolve(false)).on('close', (code) => resolve(code === 0));
  });
  return [passed, said];
}

/** Runs an npm script that either passes or fails. What it says is printed when it has ended: others may run beside it. */
export async function check(script: string): Promise<Outcome> {
  const [passed, said] = await run(script, [], 'pipe');
  console.log(`\n> ${script}\n${said}${passed ? `${script}: passed` : `FAILED: ${script}`}`);
  return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Runs an npm script that is vitest, and counts the specs that ran. None is a failure. `files`: only those, default all. */
export async function specs(script: string, files: readonly string[] = []): Promise<Outcome> {
  const directory = mkdtempSync(join(tmpdir(), 'kuberx-specs-'));
  const report = join(directory, 'report.json');
  try {
    console.log(`\n> ${script}`);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const [green] = await run(script, [...files, ...reporters], 'inherit');
    const { numPassedTests: passed, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    const lines = failures(testResults);
    if (!green && lines.length === 0) lines.push(`${script}: an error outside of a spec, or no spec ran`);
    for (const line of lines) console.log(`FAILED: ${line}`);
    // A file that fails to load has no failed spec, and neither has an error outside of the specs.
    return { passed, failed: green && passed > 0 ? numFailedTests : Math.max(1, numFailedTests) };
  } catch (cause) {
    console.error(`${script} left no report: ${String(cause)}`);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Prints the sum as the plain last line, and makes it the exit code. */
export function conclude(outcomes: readonly Outcome[]): void {
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
