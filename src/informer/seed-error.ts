import { printable } from '../protocol/errors/printable.ts';

/** Of the resource and of the message, in characters: both and what happens next are one line. */
const longestMessage = 400;

/** The fields of a {@link SeedError}. */
export interface SeedErrorInit {
  /** The resource in words: `v1/pods in default`. */
  readonly resource: string;
  /** What is wrong with the seed, in one sentence, without an object's content. */
  readonly message: string;
  /** The place of the object concerned in `objects`. */
  readonly index?: number;
  readonly cause?: unknown;
}

/** A seed is not a state that an informer can begin with. No informer was made, and nothing was sent: make it without the seed, and it lists. */
export class SeedError extends Error {
  /** The resource in words: `v1/pods in default`. */
  readonly resource: string;
  /** The place of the object concerned in `objects`; `undefined` where the fault is not in an object. */
  readonly index: number | undefined;

  constructor({ resource, message, index, cause }: SeedErrorInit) {
    const about = `the seed of ${printable(resource, longestMessage)} is invalid`;
    const next = 'no informer was made; without the seed it lists';
    super(`${about}: ${printable(message, longestMessage)}; ${next}`, cause === undefined ? undefined : { cause });
    this.name = 'SeedError';
    this.resource = resource;
    this.index = index;
  }
}
