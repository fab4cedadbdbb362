import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../eventually.ts';
import { guarded } from '../../rest/guarded.ts';
import { pluginFile } from '../plugin-of.ts';

/** A plugin whose token is the line that a person types, or `nothing` at the end of its standard input. */
const asks = `read -r line || line=nothing
echo "interactive: $(printf %s "$KUBERNETES_EXEC_INFO" | grep -o '"interactive":[a-z]*' | cut -d: -f2)" >&2
echo "{\\"apiVersion\\":\\"client.authentication.k8s.io/v1\\",\\"kind\\":\\"ExecCredential\\",\\"status\\":{\\"token\\":\\"$line\\"}}"`;

/** Runs a program that sends a request with this kubeconfig, on a terminal or on pipes, and types a line. */
async function typed(file: string, isTerminal: boolean): Promise<string> {
  const program = `
    import { loadKubeConfig } from 'kuberx/kubeconfig';
    import { listWatch } from 'kuberx/rest';
    console.log('asks');
    await listWatch(loadKubeConfig({ files: ${JSON.stringify(file)} }), 'v1/pods').list({})
      .then(() => console.log('listed'), (error) => console.log(error.message));
  `;
  const flags = ['--conditions=kuberx-source', '--input-type=module', '--eval', program];
  const quoted = [process.execPath, ...flags].map((each) => `'${each.replaceAll("'", `'\\''`)}'`).join(' ');
  // `script` of util-linux gives its command a terminal.
  const [command, args] = isTerminal ? ['script', ['-qec', quoted, '/dev/null']] as const : [process.execPath, flags] as const; // prettier-ignore
  const child = spawn(command, args, { env: { ...process.env, SHELL: '/bin/sh' }, timeout: 30_000 });
  child.stdin.on('error', () => undefined).write('from-a-person\n');
  let seen = '';
  child.stdout.on('data', (chunk: Buffer) => (seen += chunk.toString()));
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  await eventually(() => expect(seen).toMatch(/listed|Credentials|v1\/pods: /));
  child.stdin.end();
  return (await said).join('');
}

describe('A credential plugin of a program on a terminal', () => {
  it.each([
    ['IfAvailable', true, 'Bearer from-a-person', 'true'],
    ['Always', true, 'Bearer from-a-person', 'true'],
    ['Never', true, 'Bearer nothing', 'false'],
    ['IfAvailable', false, 'Bearer nothing', 'false'],
  ])(
    'reads what a person types, by its interactiveMode %s and a terminal: %s',
    async (interactiveMode, isTerminal, token, told) => {
      const server = await guarded(() => true, 'https');
      const { file } = pluginFile(server.url, asks, { interactiveMode });
      const output = await typed(file, isTerminal);
      expect(server.shown[0]).toBe(token);
      expect(output).toContain(`interactive: ${told}`);
    },
  );

  it('is not run where it needs a terminal and there is none', async () => {
    const server = await guarded(() => true, 'https');
    const { file, runs } = pluginFile(server.url, asks, { interactiveMode: 'Always' });
    expect(await typed(file, false)).toContain('needs a terminal (interactiveMode Always), and standard input is none');
    expect({ runs: runs(), shown: server.shown }).toEqual({ runs: 0, shown: [] });
  });
});
