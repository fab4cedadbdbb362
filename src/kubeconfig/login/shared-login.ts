import type { Login } from './login.ts';

/** The logins that all contexts of a kubeconfig share, by the names of their users. */
export type SharedLogins = Map<string, { definition: string; readonly login: Login }>;

/**
 * The login that is kept by a key, as long as it is defined in the same way; otherwise a new one, which is kept from then on. So
 * one run of a plugin and one renewal of a token serve all clusters of a user.
 */
export function sharedLogin(logins: SharedLogins, key: unknown, definition: unknown, make: () => Login): Login {
  const [name, text] = [JSON.stringify(key), JSON.stringify(definition)];
  const kept = logins.get(name);
  if (kept?.definition === text) return kept.login;
  const login = make();
  logins.set(name, { definition: text, login });
  return login;
}

/** A login that is kept by a key goes on, unless another has taken its place, though it is defined in another way from now on, by what it has done itself. */
export function redefine(logins: SharedLogins, key: unknown, login: Login, definition: unknown): void {
  const kept = logins.get(JSON.stringify(key));
  if (kept?.login === login) kept.definition = JSON.stringify(definition);
}
