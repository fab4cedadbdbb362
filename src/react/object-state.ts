import type { KubeStatus } from './kube-factory.ts';

/** What is known of one object. The same value for as long as nothing changes. */
export type ObjectState<T> = {
  /** Where the informer stands. */
  readonly status: KubeStatus;
} & (
  | { readonly presence: 'present'; readonly object: T }
  /** It was here and is not any more: its last state, which `finalStateUnknown` says is maybe not the very last one. */
  | { readonly presence: 'deleted'; readonly object: T; readonly finalStateUnknown: boolean }
  /** There is a complete state without it. */
  | { readonly presence: 'absent'; readonly object: undefined }
  /** There is not yet a state, or no key. */
  | { readonly presence: 'unknown'; readonly object: undefined }
);
