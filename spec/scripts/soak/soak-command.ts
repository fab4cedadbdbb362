import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Runs the command: its exit code and what it printed, at its end. It is interrupted once its log has `interruptAt`. */
export function soakCommand(args: readonly string[], interruptAt?: RegExp): Promise<{ code: number; output: string }> {
  const command = ['--conditions=kuberx-source', '--expose-gc', 'scripts/soak.ts', ...args];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, command, { cwd: root }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, output: `${stdout}\n${stderr}` });
    });
    let log = '';
    child.stderr?.on('data', (text: string) => {
      const before = interruptAt?.test(log) ?? true;
      log += text;
      if (!before && interruptAt?.test(log) === true) child.kill('SIGINT');
    });
  });
}

/** The number behind a name in the output. */
export function counted(output: string, name: string): number {
  const line = output.split('\n').find((each) => each.startsWith(`${name}: `));
  return Number(line?.slice(name.length + 2) ?? Number.NaN);
}
