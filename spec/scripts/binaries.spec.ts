import { mkdtemp, rm, writeFile, mkdir, readdir, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildPrograms, GoMissing } from '../../scripts/controlplane/binaries.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kuberx-spec-'));
  vi.stubEnv('XDG_CACHE_HOME', join(directory, 'cache'));
  vi.stubEnv('PATH', join(directory, 'bin'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true });
});

/** A `go` that notes its arguments and writes an executable for each package, or fails. */
async function installGo(script: string): Promise<void> {
  await mkdir(join(directory, 'bin'), { recursive: true });
  await writeFile(join(directory, 'bin', 'go'), `#!/bin/sh\n${script}\n`);
  await chmod(join(directory, 'bin', 'go'), 0o755);
}

describe('buildPrograms', () => {
  it('says in a word that Go is missing, and nothing of a build', async () => {
    const log = vi.fn();

    await expect(buildPrograms(['etcd'], { log })).rejects.toThrow(GoMissing);
    expect(log).not.toHaveBeenCalled();
  });

  it('builds what is missing once, stamped with the release, and finds it again without Go', async () => {
    await installGo(`echo "$@" >> ${join(directory, 'calls')}
      while [ "$1" != -o ]; do shift; done
      echo etcd > "$2/server"; echo kubectl > "$2/kubectl"`);
    const log = vi.fn();
    const built = await buildPrograms(['etcd', 'kubectl'], { log });
    vi.stubEnv('PATH', '');

    expect(log).toHaveBeenCalledTimes(1);
    expect(await buildPrograms(['kubectl', 'etcd'])).toEqual(built);
    expect(await readdir(join(built.etcd, '..'))).toEqual(['etcd', 'kubectl']);
  });

  it('fails with the last words of the compiler, and leaves no half program', async () => {
    await installGo('echo "package missing" >&2; exit 1');

    await expect(buildPrograms(['etcd'])).rejects.toThrow(/^go build failed:\npackage missing$/u);
    const [hash] = await readdir(join(directory, 'cache', 'kuberx', 'controlplane'));
    expect(await readdir(join(directory, 'cache', 'kuberx', 'controlplane', hash!))).toEqual([]);
  });

  it('ends when it is told to', async () => {
    await installGo('exec /bin/sleep 60');
    const abort = new AbortController();
    const build = buildPrograms(['etcd'], { signal: abort.signal, log: () => abort.abort() });

    await expect(build).rejects.toThrow('aborted');
  });
});
