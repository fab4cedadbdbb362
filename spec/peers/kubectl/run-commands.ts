import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPrograms } from '../../../scripts/controlplane/binaries.ts';
import type { PeerServer } from '../on-both-servers.ts';
import type { Command } from './command.ts';
import { commands } from './commands.ts';

/** The words of a line; single quotes hold one together. */
function words(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|\S+/gu)].map((match) => match[1] ?? match[0]);
}

/**
 * What a command said, without what has to differ from server to server and from run to run: addresses, ports of nodes, ids, versions, times
 * and ages, and the width of columns that depends on them.
 */
export function normalised(text: string, url: string): string {
  return text
    .replaceAll(url, 'SERVER')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gu, 'UID')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/gu, 'TIME')
    .replaceAll(/[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000/gu, 'TIME')
    .replaceAll(/("?resource ?Version"?: *)"?\d+"?/giu, '$1N')
    .replaceAll(/\b10\.0\.\d+\.\d+\b/gu, 'ADDRESS')
    .replaceAll(/\b3[0-2]\d{3}\b/gu, 'PORT')
    .replaceAll(/\b(\d+[dhms])+\b/gu, 'AGE')
    .replaceAll(/ {2,}(?=\S)/gu, (gap, offset: number, whole: string) =>
      whole[offset - 1] === '\n' || offset === 0 ? gap : '  ',
    )
    .replaceAll(/ +$/gmu, '');
}

async function run(kubectl: string, own: readonly string[], { line, input }: Command): Promise<string> {
  const child = spawn(kubectl, [...own, ...words(line)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  // A command that needs no input may have ended before.
  child.stdin.on('error', () => undefined);
  child.stdin.end((input ?? []).map((object) => JSON.stringify(object)).join('\n'));
  const [code] = (await once(child, 'close')) as [number | null];
  return `${said}exit code ${code}\n`;
}

/** What a kube-apiserver says of a resource whose document it has not written yet, some seconds after its definition. */
const unpublished = /couldn't find resource for/u;

/** Runs a command, one about documents until they are published: for 20 s at most. */
async function runPublished(kubectl: string, own: readonly string[], command: Command): Promise<string> {
  const until = performance.now() + 20_000;
  for (;;) {
    const said = await run(kubectl, own, command);
    if (!command.line.startsWith('explain') || !unpublished.test(said) || performance.now() > until) return said;
  }
}

/** Lines that come from a map of Go, whose order is chance, in an order. */
function ordered(text: string, { isUnordered = false }: Command): string {
  return isUnordered ? text.split('\n').sort().join('\n') : text;
}

/** Runs all commands on a server, one after the other, in a namespace of their own, and gives what each said. */
export async function runCommands({ kubeconfig, url }: PeerServer): Promise<readonly string[]> {
  const { kubectl } = await buildPrograms(['kubectl']);
  const directory = mkdtempSync(join(tmpdir(), 'kuberx-kubectl-'));
  const own = [`--kubeconfig=${kubeconfig}`, `--cache-dir=${directory}`, '--namespace=peers', '--request-timeout=10s'];
  try {
    await run(kubectl, own, {
      line: 'create -f -',
      input: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'peers' } }],
    });
    const said: string[] = [];
    for (const command of commands) {
      said.push(ordered(normalised(await runPublished(kubectl, own, command), url), command));
    }
    return said;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
