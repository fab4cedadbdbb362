/**
 * `npm run record:kubeconfig`: asks kubectl what it does with each kubeconfig of spec/kubeconfig/corpus, and writes it to
 * spec/kubeconfig/recorded.json, which the spec compares kuberx with. The kubectl is that of the control plane module; it is
 * built by Go where it has not been.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { corpus } from '../spec/kubeconfig/corpus/corpus.ts';
import type { KubeConfigCase, Recorded } from '../spec/kubeconfig/corpus/kubeconfig-case.ts';
import { type Scene, scene } from '../spec/kubeconfig/scene.ts';
import { buildPrograms } from './controlplane/binaries.ts';

const { kubectl } = await buildPrograms(['kubectl'], { log: (line) => void process.stderr.write(`${line}\n`) });
const stage = await scene();
try {
  const recorded: Record<string, Recorded> = {};
  for (const given of Object.values(corpus).flat()) {
    if (given.name in recorded) throw new Error(`two cases have the name ${given.name}`);
    recorded[given.name] = await record(stage, given);
  }
  const file = path.join(import.meta.dirname, '../spec/kubeconfig/recorded.json');
  const text = await format(JSON.stringify(recorded), { ...(await resolveConfig(file)), parser: 'json' });
  writeFileSync(file, text);
  process.stdout.write(`${Object.keys(recorded).length} kubeconfigs\n`);
} finally {
  await stage.end();
}

async function record(where: Scene, given: KubeConfigCase): Promise<Recorded> {
  const directory = where.lay(given);
  const more = where.env(given);
  const view = await run({ ...given, env: more }, directory, ['config', 'view', '--raw', '--minify', '-o', 'json']);
  where.received.length = 0;
  const get = await run({ ...given, env: more }, directory, ['get', '--raw', '/version', '-v=8']);
  const asked = [...get.said.matchAll(/"Request" verb="GET" url="([^"]*)"/g)].map(([, url]) => url!);
  const outcome: Recorded = {
    view: view.code === 0 ? { config: JSON.parse(view.wrote) as unknown } : { error: lastWords(view.said) },
    get: { asked, received: [...where.received], ...(get.code !== 0 && { error: lastWords(get.said) }) },
  };
  return JSON.parse(where.masked(JSON.stringify(outcome), directory)) as Recorded;
}

/** The last words of kubectl, without its log. */
function lastWords(said: string): string {
  const isLog = (line: string): boolean => /^[IWE]\d{4} /.test(line) || /^[\t >]/.test(line);
  return said
    .split('\n')
    .filter((line) => line !== '' && !isLog(line))
    .join('\n')
    .slice(0, 500);
}

function run(
  { kubeconfig = ['config'], context, env: more = {} }: KubeConfigCase,
  directory: string,
  command: readonly string[],
): Promise<{ code: number | null; wrote: string; said: string }> {
  const files = kubeconfig.map((name) => (name === '' ? '' : path.join(directory, name)));
  const env = {
    HOME: directory,
    ...more,
    PATH: `${path.join(directory, 'bin')}:${process.env['PATH']}`,
    ...(files.length > 0 && { KUBECONFIG: files.join(':') }),
  };
  const args = [...command, ...(context === undefined ? [] : ['--context', context])];
  const child = spawn(kubectl, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [wrote, said] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (wrote += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, wrote, said }));
  });
}
