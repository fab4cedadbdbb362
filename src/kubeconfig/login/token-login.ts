import { tokenIn } from '../../rest/config/token-in.ts';
import type { Login } from './login.ts';

/**
 * A token, or a file with it that is read for each request. Of both, the file counts, and the token where the file cannot be
 * read, as in kubectl.
 */
export function tokenLogin(token: string | undefined, file: string | undefined): Login {
  return {
    async read(question) {
      if (file === undefined) return { token };
      try {
        return { token: await tokenIn(question, file) };
      } catch (error) {
        if (token === undefined) throw error;
        return { token };
      }
    },
  };
}
