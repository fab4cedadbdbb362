import { isHeader } from './is-header.ts';
import { contentOf } from './content-of.ts';
import type { CredentialsQuestion } from './credentials.ts';

/**
 * The token in a file, without the white space around it. Rejects with a `CredentialsFailure` for a file without a
 * token.
 */
export async function tokenIn(question: CredentialsQuestion, file: string): Promise<string> {
  const isToken = (text: string) => text.trim() !== '' && isHeader(text.trim());
  return (await contentOf(question, file, 'token that a header can have', isToken)).trim();
}
