import { printable } from '../../protocol/errors/printable.ts';

/** Leaves room for the outcome, in characters. */
const longestWhat = 900;

/** An object was not stored, because its transform threw or returned a value that cannot be stored. */
export class TransformError extends Error {
  /** The resource in words: `v1/pods in default`. */
  readonly resource: string;
  /** The key of the object concerned. */
  readonly key: string;

  constructor(resource: string, key: string, why: string, cause?: unknown) {
    const what = `${resource}: the transform of ${key} ${why}`;
    super(
      `${printable(what, longestWhat)}; what is stored of it stays as it is`,
      cause === undefined ? undefined : { cause },
    );
    this.name = 'TransformError';
    this.resource = resource;
    this.key = key;
  }
}
