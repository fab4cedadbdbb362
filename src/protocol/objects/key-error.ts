import { printable } from '../errors/printable.ts';

/** An object has no key, or a text is not a valid key of an object. */
export class KeyError extends Error {
  /** The text that was given; `undefined` where an object was given. */
  readonly key: string | undefined;

  constructor(message: string, key?: string) {
    super(printable(message));
    this.name = 'KeyError';
    this.key = key;
  }
}
