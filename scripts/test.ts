// `npm test`: format, lint, types and specs, one after the other, each whatever the others did. Ends with the true count.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

function run(script: string, args: readonly string[] = []): boolean {
  console.log(`\n> ${script}`);
  return spawnSync('npm', ['run', '--silent', script, '--', ...args], { stdio: 'inherit' }).status === 0;
}

function check(script: string): Outcome {
  const passed = run(script);
  console.log(`${script}: ${passed ? 'passed' : 'FAILED'}`);
  return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function specs(): Outcome {
  const directory = mkdtempSync(join(tmpdir(), 'kuberx-specs-'));
  const report = join(directory, 'report.json');
  try {
    const green = run('test:spec', ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);
    const {
      numPassedTests: passed,
      numFailedTests,
      numFailedTestSuites,
    } = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      numFailedTestSuites: number;
    };
    // A file that does not load has no tests to fail, and an error outside of a test none to blame.
    const failed = Math.max(numFailedTests, numFailedTestSuites > 0 || !green ? 1 : 0);
    return { passed, failed: passed === 0 ? Math.max(1, failed) : failed };
  } catch (cause) {
    console.error(`the specs left no report: ${String(cause)}`);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const outcomes = [check('test:format'), check('test:lint'), check('test:types'), specs()];
const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
