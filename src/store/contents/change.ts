/** What happens to one key: `before` is what it holds, `after` what it shall hold. */
export interface Change<T> {
  readonly key: string;
  readonly before: T | undefined;
  readonly after: T | undefined;
}
