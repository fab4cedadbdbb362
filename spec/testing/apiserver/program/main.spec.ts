import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

const main = 'src/testing/apiserver/program/main.ts';

it('runs until a signal, and prints the kubeconfig alone', async () => {
  const child = spawn(process.execPath, ['--conditions=kuberx-source', main, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  expect(line.toString()).toMatch(/^\/.*\/kubeconfig\n$/);
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(0);
}, 20_000);
