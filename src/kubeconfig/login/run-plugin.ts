import { type ChildProcess, spawn } from 'node:child_process';
import { CredentialsFailure } from '../../rest/config/credentials-failure.ts';

/** A plugin as it is started. */
export interface PluginCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** What it gets besides the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether it gets the standard input of this process. */
  readonly interactive: boolean;
  readonly installHint: string | undefined;
}

/** More than any credentials have. */
const longestAnswer = 16 * 1024 * 1024;

/**
 * Runs a plugin and returns what it wrote on standard output. What it writes on standard error goes to that of this process, so
 * that a person sees a device code. It is killed when the signal is aborted. Rejects with a `CredentialsFailure` that starts with
 * `words`, and holds neither arguments nor output, which may be secret.
 */
export function runPlugin(plugin: PluginCommand, words: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (what: string): void => reject(new CredentialsFailure(`${words} ${what}`));
    const child = started(plugin, (code) => fail(`could not be started: ${code}`));
    if (child === undefined) return;
    const end = (): void => kill(child);
    signal.addEventListener('abort', end, { once: true });
    const chunks: Buffer[] = [];
    let length = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length <= longestAnswer) return;
      fail('wrote more than any credentials have');
      end();
    });
    child.once('error', ({ code }: NodeJS.ErrnoException) => {
      const { installHint } = plugin;
      const hint = installHint === undefined ? '' : `. Its install hint: ${installHint}`;
      fail(code === 'ENOENT' ? `is not installed${hint}` : `could not be started: ${code}`);
    });
    child.once('close', (code, ended) => {
      signal.removeEventListener('abort', end);
      if (code === 0) resolve(Buffer.concat(chunks).toString());
      else fail(`failed ${code === null ? `by ${ended}` : `with exit code ${code}`}; standard error has what it says`);
    });
  });
}

// Some errors come as an event, others are thrown, and these quote arguments.
function started({ command, args, env, interactive }: PluginCommand, failed: (code: string | undefined) => void) {
  try {
    return spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: [interactive ? 'inherit' : 'ignore', 'pipe', 'inherit'],
      windowsHide: true,
    });
  } catch (error) {
    failed((error as NodeJS.ErrnoException).code);
    return undefined;
  }
}

// As Go ends a command. What the plugin has started itself may live on, and hold the pipe open.
function kill(child: ChildProcess): void {
  child.kill('SIGKILL');
  child.stdout?.destroy();
}
