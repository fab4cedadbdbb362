/**
 * The values under which an index finds an object, any number of them; repeated ones count once. It must be pure: it
 * is asked again about an object that leaves the index.
 */
export type IndexFunction<T> = (object: T) => readonly string[];

/** Index functions by the name of their index. */
export type Indexers<T, I extends string = string> = Readonly<Record<I, IndexFunction<T>>>;
