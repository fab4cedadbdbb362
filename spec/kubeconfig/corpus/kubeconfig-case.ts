/** What kuberx says instead of what kubectl does, and why: the reason stands in docs/connections.md, by this title. */
export interface Difference {
  readonly title: string;
  /** What kuberx does: the reason of its error, or what the server received. */
  readonly kuberx: string | Received;
}

/** One kubeconfig, or several, and how they are loaded. `{{…}}` stands for what differs from run to run. */
export interface KubeConfigCase {
  readonly name: string;
  /** Contents by path. What ends in `.sh` can be run. */
  readonly files: Readonly<Record<string, string>>;
  /** Further variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** How `config` is encoded. Default UTF-8. */
  readonly encoding?: 'utf-16le';
  /** The files of `$KUBECONFIG`. Default `config`. Empty: it is not set. */
  readonly kubeconfig?: readonly string[];
  readonly context?: string;
  /** The reason of kuberx's error, where kubectl refuses it as well. */
  readonly refused?: string;
  readonly differs?: Difference;
}

/** What a server received of a request. */
export interface Received {
  readonly path: string;
  readonly scheme: 'http' | 'https';
  readonly authorization?: string;
  /** The headers of impersonation, each with its lines. */
  readonly impersonation?: Readonly<Record<string, readonly string[]>>;
  /** Whom the client's certificate names. */
  readonly certificate?: string;
  /** What a proxy was asked for. */
  readonly proxy?: string;
  /** The server name of TLS. */
  readonly serverName?: string;
}

/** What kubectl did. */
export interface Recorded {
  /** `kubectl config view --raw --minify -o json`: what it shows, or what it says. */
  readonly view: { readonly config: unknown } | { readonly error: string };
  /** `kubectl get --raw /version -v=8`: the addresses that it asked, what was received there, and what it says at its end. */
  readonly get: { readonly asked: readonly string[]; readonly received: readonly Received[]; readonly error?: string };
}

const base = { apiVersion: 'v1', kind: 'Config' };

/** The text of a kubeconfig with one cluster, one user and one context. */
export function one(cluster: object, user?: object, context: object = {}): string {
  return JSON.stringify({
    ...base,
    'current-context': 'c',
    clusters: [{ name: 'k', cluster }],
    users: user === undefined ? [] : [{ name: 'u', user }],
    contexts: [{ name: 'c', context: { cluster: 'k', ...(user !== undefined && { user: 'u' }), ...context } }],
  });
}

/** Titles in docs/connections.md. */
export const titles = {
  localhost: 'No server is made up',
  prompt: 'Nobody is asked for a password',
  basic: 'Basic authentication',
  plainBehindTls: 'An https proxy before a server of plain http',
  whiteSpace: 'White space around a token',
} as const;

/** A cluster over TLS, whose certificate is trusted. */
export const trusted = { server: 'https://{{https}}', 'certificate-authority-data': '{{ca}}' };
