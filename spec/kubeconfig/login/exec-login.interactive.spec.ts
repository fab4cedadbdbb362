import { expect, it, vi } from 'vitest';
import { checkedExec } from '#src/kubeconfig/login/exec-config.ts';
import { execLogin } from '#src/kubeconfig/login/exec-login.ts';

vi.mock('node:tty', () => ({ isatty: (descriptor: number) => descriptor === 0 }));

const apiVersion = 'client.authentication.k8s.io/v1';

/** The token of a plugin, which is what a command of the shell prints. */
async function tokenOf(command: string, interactiveMode: string): Promise<string | undefined> {
  const script = `printf '{"apiVersion":"${apiVersion}","kind":"ExecCredential","status":{"token":"%s"}}' "$(${command})"`;
  const exec = checkedExec('the test', { apiVersion, command: 'sh', args: ['-c', script], interactiveMode });
  const login = execLogin(exec, () => Promise.resolve({}));
  return (await login.read({ signal: new AbortController().signal, waitsFor: new Set() })).token;
}

it.each([
  ['Always', 'true'],
  ['IfAvailable', 'true'],
  ['Never', 'false'],
])(
  'tells a plugin whether it has the terminal of the process, by its interactiveMode: %s',
  async (mode, interactive) => {
    const told = `printf %s "$KUBERNETES_EXEC_INFO" | grep -o '"interactive":[a-z]*' | cut -d: -f2`;
    expect(await tokenOf(told, mode)).toBe(interactive);
  },
);

it('gives a plugin that never has it a standard input that has ended', async () => {
  expect(await tokenOf('cat; echo nothing', 'Never')).toBe('nothing');
});
