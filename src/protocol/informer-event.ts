/** What happened to one object of a store, as its consumers see it: derived from the store's own state, never raw. */
export type InformerEvent<T> =
  /** `isInInitialList`: it came with the first complete state. */
  | { readonly type: 'added'; readonly object: T; readonly isInInitialList: boolean }
  | { readonly type: 'updated'; readonly object: T; readonly oldObject: T }
  /** `finalStateUnknown`: the deletion itself was missed, `object` is the last state that was seen. */
  | { readonly type: 'deleted'; readonly object: T; readonly finalStateUnknown: boolean };
