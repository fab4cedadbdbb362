/** What happened to one object of a store. It is derived from the states of the store, not from the words of the server. */
export type InformerEvent<T> =
  /** `isInInitialList`: the object came with the first complete state. */
  | { readonly type: 'added'; readonly object: T; readonly isInInitialList: boolean }
  | { readonly type: 'updated'; readonly object: T; readonly oldObject: T }
  /** `finalStateUnknown`: the deletion itself was missed, and `object` is the last state that was seen. */
  | { readonly type: 'deleted'; readonly object: T; readonly finalStateUnknown: boolean };
