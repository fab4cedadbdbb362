import type { Login } from './login.ts';

/** The logins that all contexts of a kubeconfig share, by the names of their users. */
export type SharedLogins = Map<string, { readonly definition: string; readonly login: Login }>;

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
