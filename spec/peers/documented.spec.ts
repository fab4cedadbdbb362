import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { buildClient } from '../../scripts/peers/build-client.ts';

const run = promisify(execFile);
const go = await buildClient('documented-go');
const python = await buildClient('documented-python');
const page = readFileSync('docs/testing.md', 'utf8');

/** Where a shell finds the program, as it is in `node_modules/.bin` of those who have the package. */
const bin = mkdtempSync(join(tmpdir(), 'kuberx-bin-'));
const program = join(bin, 'kuberx-apiserver');
const main = resolve('src/testing/apiserver/program/main.ts');
writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' --conditions=kuberx-source '${main}' "$@"\n`);
chmodSync(program, 0o755);
afterAll(() => rmSync(bin, { recursive: true }));
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`, PYTHONDONTWRITEBYTECODE: '1' };

it('shows tests that are those of this folder', () => {
  for (const file of ['spec/peers/go/documented/documented_test.go', 'spec/peers/python/test_documented.py']) {
    expect(page).toContain(readFileSync(file, 'utf8').trim());
  }
});

it('starts the program from a test in Go, and fails a request there', async () => {
  const { stdout } = await run(go, ['-test.v'], { env, timeout: 60_000 });
  expect(stdout).toContain('--- PASS: TestConfigMaps');
});

it('starts the program from a test in Python, and fails a request there', async () => {
  const test = resolve('spec/peers/python/test_documented.py');
  const { stderr } = await run(python, [test], { env, timeout: 60_000, cwd: dirname(test) });
  expect(stderr).toMatch(/Ran 1 test[^]*OK/);
});
