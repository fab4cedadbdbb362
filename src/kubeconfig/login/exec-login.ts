import { isatty } from 'node:tty';
import { CredentialsFailure } from '../../rest/config/credentials-failure.ts';
import type { CredentialsQuestion } from '../../rest/config/credentials.ts';
import type { CheckedExec } from './exec-config.ts';
import type { ExecCredential } from './exec-credential.ts';
import type { Login } from './login.ts';

/** What a plugin is told of its cluster, where it asks for it: `spec.cluster` of an ExecCredential. */
export type ExecCluster = Readonly<Record<string, unknown>>;

/** A run of a plugin that is under way. */
interface Run {
  readonly credential: Promise<ExecCredential>;
  readonly abort: AbortController;
  /** The number of questions that wait for its answer. */
  waiting: number;
}

/**
 * A credential plugin, by the protocol `client.authentication.k8s.io`. It is run for the first request, and again once what it
 * gave has expired or the server has refused it; all who ask in between have the same. It is killed when nobody waits for it any more.
 */
export function execLogin(
  exec: CheckedExec,
  clusterOf: (question: CredentialsQuestion) => Promise<ExecCluster>,
): Login {
  let kept: ExecCredential | undefined;
  let running: Run | undefined;
  const words = `the credential plugin ${exec.command}`;

  async function answer(signal: AbortSignal): Promise<ExecCredential> {
    const interactive = isInteractive(exec, words);
    const cluster = exec.provideClusterInfo ? await clusterOf({ signal, waitsFor: new Set() }) : undefined;
    const { apiVersion } = exec;
    const info = { kind: 'ExecCredential', apiVersion, spec: { ...(cluster && { cluster }), interactive } };
    const env = { ...exec.env, KUBERNETES_EXEC_INFO: JSON.stringify(info) };
    // Loaded when a plugin is run: most users have none.
    const [{ runPlugin }, { execCredential, ExecFault }] = await Promise.all([
      import('./run-plugin.ts'),
      import('./exec-credential.ts'),
    ]);
    const text = await runPlugin({ ...exec, env, interactive }, words, signal);
    try {
      return execCredential(text, apiVersion);
    } catch (error) {
      if (error instanceof ExecFault) throw new CredentialsFailure(`${words} gave no credentials: ${error.message}`);
      throw error;
    }
  }

  function begin(): Run {
    const abort = new AbortController();
    const run: Run = { abort, waiting: 0, credential: answer(abort.signal).finally(() => end(run)) };
    return run;
  }

  function end(run: Run): void {
    if (running === run) running = undefined;
  }

  async function asked(question: CredentialsQuestion): Promise<ExecCredential> {
    const run = (running ??= begin());
    run.waiting += 1;
    const leave = (): void => {
      run.waiting -= 1;
      if (run.waiting > 0) return;
      end(run);
      run.abort.abort();
    };
    question.signal.addEventListener('abort', leave, { once: true });
    question.waitsFor.add(words);
    try {
      return (kept = await run.credential);
    } finally {
      question.signal.removeEventListener('abort', leave);
      question.waitsFor.delete(words);
    }
  }

  return {
    read(question) {
      if (kept?.expires !== undefined && kept.expires < Date.now()) kept = undefined;
      return kept === undefined ? asked(question) : Promise.resolve(kept);
    },
    forget(refused) {
      if (kept === refused) kept = undefined;
    },
  };
}

function isInteractive({ interactiveMode }: CheckedExec, words: string): boolean {
  const isTerminal = interactiveMode !== 'Never' && isatty(0);
  if (interactiveMode === 'Always' && !isTerminal)
    throw new CredentialsFailure(`${words} needs a terminal (interactiveMode Always), and standard input is none`);
  return isTerminal;
}
