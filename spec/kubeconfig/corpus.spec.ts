import { readFileSync } from 'node:fs';
import path from 'node:path';
import { lastValueFrom } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { KubeError } from 'kuberx';
import { KubeConfigError, type LoadedKubeConfig, loadKubeConfig } from 'kuberx/kubeconfig';
import { restHttpClient } from 'kuberx/rest';
import { corpus } from './corpus/corpus.ts';
import type { KubeConfigCase, Received, Recorded } from './corpus/kubeconfig-case.ts';
import recordedJson from './recorded.json' with { type: 'json' };
import { type Scene, scene } from './scene.ts';

const recorded = recordedJson as unknown as Readonly<Record<string, Recorded>>;
const docs = readFileSync(path.join(import.meta.dirname, '../../docs/connections.md'), 'utf8');

let stage: Scene;
let cases = 0;
beforeAll(async () => {
  stage = await scene();
});
afterAll(() => stage.end());

/** What kuberx did: the reason of its error, or what the server received; and what it loaded, as kubectl would show it. */
interface Outcome {
  readonly get: string | Received;
  readonly view: unknown;
}

async function outcomeOf(given: KubeConfigCase): Promise<Outcome> {
  const directory = stage.lay(given);
  const { kubeconfig = ['config'], context } = given;
  const files = kubeconfig.map((name) => (name === '' ? '' : path.join(directory, name)));
  const env = {
    HOME: directory,
    ...stage.env(given),
    ...(files.length > 0 && { KUBECONFIG: files.join(path.delimiter) }),
  };
  vi.stubEnv('PATH', `${path.join(directory, 'bin')}${path.delimiter}${process.env['PATH']}`);
  stage.received.length = 0;
  let view: unknown;
  try {
    const loaded = loadKubeConfig({ env, inCluster: 'never', context, onWarning: () => undefined });
    const bases = files.map((file) => path.dirname(file));
    view = shown(loaded, bases);
    const asked = { resource: 'version', method: 'GET', path: '/version', headers: {} } as const;
    // Other deadlines are other connections: a kept one would go through no proxy.
    cases += 1;
    await lastValueFrom(restHttpClient(loaded, { idleTimeout: 90_000 + cases })(asked));
  } catch (error) {
    if (!(error instanceof KubeConfigError || error instanceof KubeError)) throw error;
    return { get: error.reason, view: masked(view, directory) };
  } finally {
    vi.unstubAllEnvs();
  }
  return { get: masked(stage.received[0], directory) as Received, view: masked(view, directory) };
}

function masked(value: unknown, directory: string): unknown {
  return value === undefined ? undefined : JSON.parse(stage.masked(JSON.stringify(value), directory));
}

const paths = ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile'];

/** What was loaded of the current context, in the form of kubectl: paths are as they stand in the file. */
function shown({ contexts, clusters, users, currentContext }: LoadedKubeConfig, bases: readonly string[]): unknown {
  const context = contexts.get(currentContext ?? '');
  const listed = (kind: string, name: string | undefined, entries: ReadonlyMap<string, object>): object[] =>
    name && entries.has(name) ? [{ name, [kind]: relative(entries.get(name)!, bases) }] : [];
  return withoutEmpty({
    clusters: listed('cluster', context?.cluster, clusters),
    users: listed('user', context?.user, users),
    contexts: listed('context', currentContext, contexts),
    'current-context': currentContext,
  });
}

function relative(entry: object, bases: readonly string[]): object {
  return Object.fromEntries(
    Object.entries(entry).map(([name, value]) => {
      if (name === 'exec') return [name, commandOf(value as { command?: string }, bases)];
      return [name, paths.includes(name) ? shortest(String(value), bases) : (value as unknown)];
    }),
  );
}

function commandOf(exec: { command?: string }, bases: readonly string[]): object {
  return exec.command?.includes(path.sep) ? { ...exec, command: shortest(exec.command, bases) } : exec;
}

function shortest(file: string, bases: readonly string[]): string {
  return bases.map((base) => path.relative(base, file)).sort((one, other) => one.length - other.length)[0]!;
}

/** Without what is empty, which kubectl shows in part; paths as `path` writes them. */
function withoutEmpty(value: unknown, name = ''): unknown {
  if (typeof value === 'string' && (paths.includes(name) || (name === 'command' && value.includes('/'))))
    return path.normalize(value);
  if (Array.isArray(value)) return value.map((item) => withoutEmpty(item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([own, item]) => [own, withoutEmpty(item, own)] as const);
  return Object.fromEntries(entries.filter(([, item]) => !isEmpty(item)));
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || value === false ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  ); // prettier-ignore
}

/** What kubectl shows, in the same form. */
function viewOf({ view }: Recorded): unknown {
  if ('error' in view) return undefined;
  const { kind: _kind, apiVersion: _apiVersion, ...config } = view.config as Record<string, unknown>;
  return withoutEmpty(config);
}

const all = Object.values(corpus).flat();

describe.each(Object.entries(corpus))('loadKubeConfig, %s', (_, ofTopic) => {
  it.each(ofTopic)('does with $name what kubectl does, or what the docs say', async (given) => {
    const kubectl = recorded[given.name]!;
    const { get, view } = await outcomeOf(given);
    const [received] = kubectl.get.received;
    const expected = given.differs?.kuberx ?? given.refused ?? received;
    expect(get).toEqual(expected);
    if (given.differs === undefined) expect(typeof get === 'string').toBe(kubectl.get.error !== undefined);
    if (viewOf(kubectl) !== undefined) expect(view).toEqual(viewOf(kubectl));
  });
});

describe('The corpus of kubeconfigs', () => {
  it('is recorded in full, and has at least 60', () => {
    expect(all.map(({ name }) => name).sort()).toEqual(Object.keys(recorded).sort());
    expect(all.length).toBeGreaterThan(60);
  });

  it('has no difference that the docs do not name, and the docs none that it does not show', () => {
    const shownTitles = new Set(all.flatMap(({ differs }) => (differs === undefined ? [] : [differs.title])));
    const [, section = ''] = /^## What is different from kubectl$(.*?)^## /ms.exec(docs) ?? [];
    const named = [...section.matchAll(/^\| \*\*(.+?)\*\*/gm)].map(([, title]) => title!);
    expect(named.sort()).toEqual([...shownTitles].sort());
  });

  it('differs where it says so', () => {
    for (const { name, differs } of all) {
      if (differs === undefined) continue;
      const { received, error } = recorded[name]!.get;
      const refusedByBoth = typeof differs.kuberx === 'string' && error !== undefined;
      expect(differs.kuberx, name).not.toEqual(received[0]);
      expect(refusedByBoth && differs.title !== 'No server is made up', name).toBe(false);
    }
  });
});
