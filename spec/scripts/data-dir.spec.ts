import { chmod, mkdir, mkdtemp, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDataDir } from '../../scripts/controlplane/data-dir.ts';

let directory: string;

beforeEach(async () => {
  directory = await realpath(await mkdtemp(join(tmpdir(), 'kuberx-spec-')));
});

afterEach(() => rm(directory, { recursive: true }));

describe('makeDataDir', () => {
  it('makes what is not there, for its owner alone', async () => {
    const path = join(directory, 'a', 'b');

    expect(await makeDataDir(path)).toBe(path);
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    const temporary = await makeDataDir(undefined);
    expect((await stat(temporary)).mode & 0o777).toBe(0o700);
    await rm(temporary, { recursive: true });
  });

  it('takes what an earlier run left, under whatever name', async () => {
    await mkdir(join(directory, 'etcd'));
    await writeFile(join(directory, 'sa.key'), 'key', { mode: 0o600 });
    await symlink(directory, `${directory}-link`);
    try {
      expect(await makeDataDir(`${directory}-link`)).toBe(directory);
    } finally {
      await rm(`${directory}-link`);
    }
  });

  it.each([0o777, 0o770, 0o702])('refuses a directory of mode %o, where others can plant a key', async (mode) => {
    await chmod(directory, mode);

    await expect(makeDataDir(directory)).rejects.toThrow(`${directory} can be written by other users`);
  });

  it('refuses a link that was planted', async () => {
    await symlink('/etc/passwd', join(directory, 'sa.key'));

    await expect(makeDataDir(directory)).rejects.toThrow(`${join(directory, 'sa.key')} is a symbolic link`);
  });
});
