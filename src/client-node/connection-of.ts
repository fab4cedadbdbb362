import type { KubeConfig } from '@kubernetes/client-node';
import type { UseOptions } from '../kubeconfig/context/use-options.ts';
import { printable } from '../protocol/errors/printable.ts';
import type { Environment } from '../rest/config/proxy-from-environment.ts';
import type { ServerConnection } from '../rest/config/server-connection.ts';
import { KubeConfigSource } from './kube-config-source.ts';

/** Options of {@link connectionOf}. */
export interface ConnectionOfOptions extends Omit<UseOptions, 'renewedTokens'> {
  /** The environment: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`. Default that of the process. */
  readonly env?: Environment | undefined;
}

/** A kubeconfig as client-node has loaded it, or what goes wherever a `RestConfig` goes. */
export type AnyKubeConfig = KubeConfig | ServerConnection;

/**
 * A client-node `KubeConfig` as a connection that everything takes, here and in `kuberx/rest`, at the context that is
 * current now. `listWatch` and the like make it themselves; call it to set an option:
 *
 * ```ts
 * const connection = connectionOf(kubeConfig, { allowInsecureCredentials: true });
 * const pods = sharedInformer(listWatch(connection, 'v1/pods'));
 * ```
 *
 * The rules are those of `loadKubeConfig` of `kuberx/kubeconfig`. What the program changes in the `KubeConfig` counts from the next
 * request on. Tokens that an OIDC provider has renewed are kept in it.
 *
 * @throws KubeConfigError where its cluster or its user will not do; TypeError for anything but a KubeConfig.
 */
export function connectionOf(kubeConfig: KubeConfig, options: ConnectionOfOptions = {}): ServerConnection {
  check(kubeConfig);
  checkNames(options);
  const { env = process.env, allowInsecureCredentials, onWarning } = options;
  return { credentialsSource: new KubeConfigSource(kubeConfig, { env, allowInsecureCredentials, onWarning }) };
}

const connections = new WeakMap<KubeConfig, Map<string, ServerConnection>>();

/** The connection of a `KubeConfig` at its current context, one for all who ask; what is one already is returned. */
export function sharedConnection(kubeConfig: AnyKubeConfig): ServerConnection {
  if (isConnection(kubeConfig)) return kubeConfig;
  check(kubeConfig);
  const ofContexts = connections.get(kubeConfig) ?? new Map<string, ServerConnection>();
  const { currentContext } = kubeConfig;
  const connection = ofContexts.get(currentContext) ?? connectionOf(kubeConfig);
  connections.set(kubeConfig, ofContexts.set(currentContext, connection));
  return connection;
}

const optionNames: readonly string[] = [
  'allowInsecureCredentials',
  'onWarning',
  'env',
] satisfies (keyof ConnectionOfOptions)[];

// An option that nothing reads may have been meant to send credentials, or to tell of what is wrong.
function checkNames(options: ConnectionOfOptions): void {
  const name = Object.keys(options).find(
    (own) => !optionNames.includes(own) && Reflect.get(options, own) !== undefined,
  );
  if (name === undefined) return;
  throw new TypeError(`${printable(name)} is not an option of connectionOf; it has ${optionNames.join(', ')}.`);
}

function isConnection(kubeConfig: AnyKubeConfig): kubeConfig is ServerConnection {
  return typeof kubeConfig === 'object' && (kubeConfig as unknown) !== null && 'credentialsSource' in kubeConfig;
}

function check(kubeConfig: KubeConfig): void {
  const given = kubeConfig as Partial<KubeConfig> | null | undefined;
  if (typeof given?.getContextObject === 'function') return;
  const kind = given === null ? 'null' : typeof given;
  throw new TypeError(`a KubeConfig of @kubernetes/client-node is needed, or a loaded kubeconfig, not ${kind}`);
}
