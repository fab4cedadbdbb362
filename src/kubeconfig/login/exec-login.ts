import { isatty } from 'node:tty';
import { CredentialsFailure, type CredentialsQuestion } from '../../rest/config/credentials.ts';
import type { CheckedExec } from './exec-config.ts';
import { type ExecCredential, execCredential, ExecFault } from './exec-credential.ts';
import type { Login } from './login.ts';
import { runPlugin } from './run-plugin.ts';

/** What a plugin is told of its cluster, where it asks for it: `spec.cluster` of an ExecCredential. */
export type ExecCluster = Readonly<Record<string, unknown>>;

/**
 * A credential plugin, by the protocol `client.authentication.k8s.io`. It is run for the first request, and again once what it
 * gave has expired or the server has refused it; all who ask in between have the same.
 */
export function execLogin(
  exec: CheckedExec,
  clusterOf: (question: CredentialsQuestion) => Promise<ExecCluster>,
): Login {
  let kept: ExecCredential | undefined;
  const words = `the credential plugin ${exec.command}`;

  async function run(question: CredentialsQuestion): Promise<ExecCredential> {
    const interactive = isInteractive(exec, words);
    const cluster = exec.provideClusterInfo ? await clusterOf(question) : undefined;
    const { apiVersion } = exec;
    const info = { kind: 'ExecCredential', apiVersion, spec: { ...(cluster && { cluster }), interactive } };
    const env = { ...exec.env, KUBERNETES_EXEC_INFO: JSON.stringify(info) };
    question.waitsFor.add(words);
    const text = await runPlugin({ ...exec, env, interactive }, words, question.signal);
    question.waitsFor.delete(words);
    try {
      return execCredential(text, apiVersion);
    } catch (error) {
      if (error instanceof ExecFault) throw new CredentialsFailure(`${words} gave no credentials: ${error.message}`);
      throw error;
    }
  }

  return {
    async read(question) {
      if (kept?.expires !== undefined && kept.expires < Date.now()) kept = undefined;
      return (kept ??= await run(question));
    },
    forget() {
      kept = undefined;
    },
  };
}

function isInteractive({ interactiveMode }: CheckedExec, words: string): boolean {
  const isTerminal = interactiveMode !== 'Never' && isatty(0);
  if (interactiveMode === 'Always' && !isTerminal)
    throw new CredentialsFailure(`${words} needs a terminal (interactiveMode Always), and standard input is none`);
  return isTerminal;
}
