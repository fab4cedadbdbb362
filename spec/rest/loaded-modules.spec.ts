import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

/** The packages of which a process loads a file that imports these entries, and the modules of Node that it names. */
async function loadedBy(...entries: readonly string[]): Promise<string[]> {
  const program = `
    import { registerHooks } from 'node:module';
    const packages = new Set();
    registerHooks({
      load(url, context, next) {
        const found = /.*\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url) ?? /^(node:.*)/.exec(url);
        if (found !== null) packages.add(found[1]);
        return next(url, context);
      },
    });
    for (const entry of ${JSON.stringify(entries)}) await import(entry);
    console.log(JSON.stringify([...packages]));
  `;
  const flags = ['--conditions=kuberx-source', '--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, flags, { timeout: 30_000 });
  return JSON.parse(stdout) as string[];
}

describe('a process that imports kuberx and kuberx/rest', () => {
  it('loads nothing of client-node, and of other packages these two alone', async () => {
    const packages = (await loadedBy('kuberx', 'kuberx/rest')).filter((name) => !name.startsWith('node:'));
    expect(packages.sort()).toEqual(['immer', 'rxjs']);
  });

  it('loads by kuberx/kubeconfig a YAML parser, and neither RxJS nor what connections, plugins and tokens need', async () => {
    expect((await loadedBy('kuberx/kubeconfig')).sort()).toEqual([
      'node:buffer',
      'node:fs',
      'node:fs/promises',
      'node:net',
      'node:os',
      'node:path',
      'node:process',
      'node:timers/promises',
      'node:tty',
      'yaml',
    ]);
  });

  it('would, by kuberx/client-node', async () => {
    expect(await loadedBy('kuberx/client-node')).toContain('@kubernetes/client-node');
  });
});
