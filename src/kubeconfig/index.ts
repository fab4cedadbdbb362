export { loadKubeConfig } from './load-kube-config.ts';
export type { LoadKubeConfigOptions } from './load-kube-config.ts';
export type { LoadedKubeConfig } from './loaded-kube-config.ts';
export type { UseOptions } from './context/use-options.ts';
export { KubeConfigError } from './kube-config-error.ts';
export type { KubeConfigReason } from './kube-config-error.ts';
export type {
  AuthProviderConfig,
  ExecConfig,
  ExecEnvironment,
  KubeConfigCluster,
  KubeConfigContext,
  KubeConfigEntries,
  KubeConfigExtension,
  KubeConfigUser,
} from './file/entries.ts';
