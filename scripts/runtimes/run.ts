import { spawn } from 'node:child_process';
import process from 'node:process';

/** How a program ended, and all that it printed. */
export interface Run {
  /** The exit code; `undefined` where it could not be started, or was ended because it took too long. */
  readonly code: number | undefined;
  readonly said: string;
}

/** Runs a program to its end, for 60 seconds at most unless told otherwise. */
export function run(
  [program = '', ...args]: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>>; readonly seconds?: number },
): Promise<Run> {
  const { cwd, env = {}, seconds = 60 } = options;
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    const late = setTimeout(() => {
      said += `\nstill running after ${seconds} s`;
      child.kill('SIGKILL');
    }, seconds * 1000);
    child.on('error', (error) => (said += String(error)));
    child.on('close', (code) => {
      clearTimeout(late);
      resolve({ code: code ?? undefined, said });
    });
  });
}
