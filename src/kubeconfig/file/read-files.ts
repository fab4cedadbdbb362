import { readFileSync } from 'node:fs';
import path from 'node:path';
import { KubeConfigError } from '../kube-config-error.ts';
import { decodeKubeConfig } from './decode-kube-config.ts';
import type { KubeConfigEntries } from './entries.ts';
import { SyntaxFault } from './fields.ts';
import { resolvePaths } from './resolve-paths.ts';

/** A kubeconfig that was read, and from which file. */
export interface ReadFile {
  /** Its absolute path. */
  readonly file: string;
  readonly entries: KubeConfigEntries;
}

/**
 * Reads the files that are there, each once, in their order. Throws a `KubeConfigError`: Unreadable or Syntax, for the first
 * file that is there and will not do, whatever the others have, as kubectl does.
 */
export function readFiles(files: readonly string[]): readonly ReadFile[] {
  const given = new Set(files.filter((file) => file !== ''));
  return [...given].flatMap((file) => {
    const bytes = bytesOf(file);
    return bytes === undefined ? [] : [{ file: path.resolve(file), entries: resolvePaths(decoded(bytes, file), file) }];
  });
}

function bytesOf(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new KubeConfigError('Unreadable', `the kubeconfig ${file} cannot be read: ${code}.`);
  }
}

function decoded(bytes: Uint8Array, file: string): KubeConfigEntries {
  try {
    return decodeKubeConfig(bytes);
  } catch (error) {
    if (error instanceof SyntaxFault)
      throw new KubeConfigError('Syntax', `${file} is not a kubeconfig: ${error.message}.`);
    throw error;
  }
}
