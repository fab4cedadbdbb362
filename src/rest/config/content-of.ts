import { CredentialsFailure } from './credentials-failure.ts';
import type { CredentialsQuestion } from './credentials.ts';
import { readAfresh } from './read-afresh.ts';

/**
 * The text of a file with a part of credentials, read anew. Rejects with a `CredentialsFailure` that names the file if
 * it cannot be read or lacks its content.
 */
export async function contentOf(
  { waitsFor }: CredentialsQuestion,
  file: string,
  what: string,
  isThere: (text: string) => boolean,
): Promise<string> {
  const words = `the file ${file}`;
  waitsFor.add(words);
  const text = await readAfresh(file).catch((error: unknown) => {
    throw new CredentialsFailure(`${words} could not be read: ${(error as NodeJS.ErrnoException).code}`);
  });
  waitsFor.delete(words);
  if (!isThere(text)) throw new CredentialsFailure(`${words} has no ${what}`);
  return text;
}
