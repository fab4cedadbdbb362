import { printable } from '../errors/printable.ts';

/** An object that has no key, or a text that is no key of an object. */
export class KeyError extends Error {
  /** The text as it was given; `undefined` where an object has no key. */
  readonly key: string | undefined;

  constructor(message: string, key?: string) {
    super(printable(message));
    this.name = 'KeyError';
    this.key = key;
  }
}
