import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { GoMissing } from './binaries.ts';

const moduleDir = fileURLToPath(new URL('../../controlplane/', import.meta.url));

/** A Go module as `controlplane/go.mod` pins it. */
export interface ModuleSource {
  /** `v1.36.3`. */
  readonly version: string;
  /** Where its files are, read-only. */
  readonly directory: string;
}

/**
 * The source of one of the modules that the control plane is built from; it is fetched where it is not there yet.
 *
 * @throws GoMissing where there is no Go.
 */
export async function moduleSource(path: string): Promise<ModuleSource> {
  const options = { cwd: moduleDir, env: { ...process.env, GOWORK: 'off' } };
  try {
    const { stdout } = await promisify(execFile)('go', ['mod', 'download', '-json', path], options);
    const { Version, Dir } = JSON.parse(stdout) as { readonly Version: string; readonly Dir: string };
    return { version: Version, directory: Dir };
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new GoMissing() : error;
  }
}
