import { open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { isMap, isSeq, parseAllDocuments, type YAMLMap } from 'yaml';
import type { OidcConfig, TokenStore } from '../login/oidc-login.ts';
import { decodeKubeConfig } from './decode-kube-config.ts';

const pause = 50;
const mostPauses = 10;

/**
 * The file of a kubeconfig as the place of a user's renewed tokens. All else in it stays as it is, comments too. It is written in
 * one step, under the lock that kubectl takes. Where that cannot be, `onWarning` is told, and the tokens are kept in memory.
 */
export function tokenFileStore(file: string, user: string, onWarning: (message: string) => void): TokenStore {
  return {
    async read() {
      try {
        const { users } = decodeKubeConfig(await readFile(file));
        return users.get(user)?.['auth-provider']?.config;
      } catch {
        return undefined;
      }
    },
    async write(renewed) {
      try {
        await underLock(file, () => rewrite(file, user, renewed));
        return true;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        const why = code ?? (error instanceof NotWritten ? error.message : 'it was changed meanwhile');
        onWarning(
          `The renewed tokens of the user ${JSON.stringify(user)} could not be written to ${file}: ${why}. They are kept in memory.`,
        );
        return false;
      }
    },
  };
}

class NotWritten extends Error {}

/** Source: client-go, tools/clientcmd, lockFile. kubectl gives up at once. */
async function underLock(file: string, write: () => Promise<void>): Promise<void> {
  const lock = `${file}.lock`;
  for (let pauses = 0; ; pauses += 1) {
    try {
      await (await open(lock, 'wx', 0o600)).close();
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (pauses === mostPauses) throw new NotWritten(`the lock ${lock} is held; remove it where nobody writes`);
      await setTimeout(pause);
    }
  }
  try {
    await write();
  } finally {
    await rm(lock, { force: true });
  }
}

async function rewrite(file: string, user: string, renewed: OidcConfig): Promise<void> {
  const place = await realpath(file);
  const { mode } = await stat(place);
  const text = changed(await readFile(place, 'utf8'), user, renewed);
  const next = `${place}.${process.pid}.tmp`;
  try {
    await writeFile(next, text, { mode: mode & 0o777 });
    await rename(next, place);
  } finally {
    await rm(next, { force: true });
  }
}

/** A kubeconfig with other tokens of a user. Throws where the user is not there in a form that can be written to. */
function changed(text: string, user: string, renewed: OidcConfig): string {
  const [document, ...others] = parseAllDocuments(text, { version: '1.1', uniqueKeys: false, logLevel: 'silent' });
  const users: unknown = document !== undefined && 'contents' in document ? document.get('users') : undefined;
  const entry = isSeq(users)
    ? users.items.find((item): item is YAMLMap => isMap(item) && item.get('name') === user)
    : undefined;
  const config: unknown = entry?.getIn(['user', 'auth-provider', 'config']);
  if (others.length > 0 || document === undefined || !isMap(config))
    throw new NotWritten('the user is not there in a plain form');
  for (const name of ['id-token', 'refresh-token']) config.set(name, renewed[name]);
  return document.toString({ lineWidth: 0 });
}
