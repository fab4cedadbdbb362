/**
 * A cluster as a kubeconfig has it, by the names of the file. Paths are absolute, data is in base64. What is empty in the
 * file is not there.
 */
export interface KubeConfigCluster {
  readonly server?: string;
  readonly 'tls-server-name'?: string;
  readonly 'insecure-skip-tls-verify'?: boolean;
  readonly 'certificate-authority'?: string;
  readonly 'certificate-authority-data'?: string;
  readonly 'proxy-url'?: string;
  readonly 'disable-compression'?: boolean;
  readonly extensions?: readonly KubeConfigExtension[];
}

/** A user as a kubeconfig has it, by the names of the file. Paths are absolute. Mind that it holds secrets. */
export interface KubeConfigUser {
  readonly 'client-certificate'?: string;
  readonly 'client-certificate-data'?: string;
  readonly 'client-key'?: string;
  readonly 'client-key-data'?: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly as?: string;
  readonly 'as-uid'?: string;
  readonly 'as-groups'?: readonly string[];
  readonly 'as-user-extra'?: Readonly<Record<string, readonly string[]>>;
  readonly username?: string;
  readonly password?: string;
  readonly 'auth-provider'?: AuthProviderConfig;
  readonly exec?: ExecConfig;
  readonly extensions?: readonly KubeConfigExtension[];
}

/** A context of a kubeconfig: a cluster, a user, and the namespace that applies if a command names none. */
export interface KubeConfigContext {
  readonly cluster?: string;
  readonly user?: string;
  readonly namespace?: string;
  readonly extensions?: readonly KubeConfigExtension[];
}

/** What other programs keep in an entry. */
export interface KubeConfigExtension {
  readonly name?: string;
  readonly extension?: unknown;
}

/** A legacy way to get credentials. `oidc` is taken. */
export interface AuthProviderConfig {
  readonly name?: string;
  readonly config?: Readonly<Record<string, string>>;
}

/** A program that gives credentials. */
export interface ExecConfig {
  readonly command?: string;
  readonly args?: readonly string[];
  readonly env?: readonly ExecEnvironment[];
  readonly apiVersion?: string;
  readonly installHint?: string;
  readonly provideClusterInfo?: boolean;
  /** `Never`, `IfAvailable` or `Always`; other texts are refused when the user is used. */
  readonly interactiveMode?: string;
}

/** A variable that a credential plugin gets. */
export interface ExecEnvironment {
  readonly name?: string;
  readonly value?: string;
}

/** One kubeconfig, or several merged. */
export interface KubeConfigEntries {
  readonly clusters: ReadonlyMap<string, KubeConfigCluster>;
  readonly users: ReadonlyMap<string, KubeConfigUser>;
  readonly contexts: ReadonlyMap<string, KubeConfigContext>;
  readonly currentContext: string | undefined;
}
