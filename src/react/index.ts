export type { Kube } from './kube.ts';
export type { KubeFactory, KubeInformer, KubeStatus } from './kube-factory.ts';
export type { KubeOptions, KubeScope } from './kube-options.ts';
export { KubeProvider } from './kube-provider.ts';
export type { KubeProviderProps } from './kube-provider.ts';
export type { ObjectState } from './object-state.ts';
export { useKube } from './use-kube.ts';
export { useObject } from './use-object.ts';
export { useSource } from './use-source.ts';
