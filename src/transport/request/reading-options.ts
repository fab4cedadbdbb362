import type { WarningOptions } from './server-warnings.ts';

/** How the objects in answers are read, and what is done with warnings. */
export interface AnswerOptions extends WarningOptions {
  /**
   * Integers beyond `Number.MAX_SAFE_INTEGER`, 2^53 - 1, are read as BigInts, whatever the type of the field says, and writes
   * send them digit by digit. Without it they are numbers, which JavaScript rounds, and a write that has such a number is
   * refused with an {@link UnsafeNumberError}. It takes 0.7 ms for each MB. `JSON.stringify` refuses BigInts: `exactText`
   * writes them. Needs Node, Chrome 114, Firefox 135 or Safari 18.4, and is a TypeError elsewhere. Default false.
   */
  readonly exactIntegers?: boolean | undefined;
}

/** How the answers to lists and watches are read. */
export interface ReadingOptions extends AnswerOptions {
  /** The longest frame of a watch, in bytes; a longer one is TooLarge. Default 64 MiB. */
  readonly maxFrameBytes?: number | undefined;
  /**
   * The longest item of a list, in bytes, and as much of a list that cannot be cut into items, such as one with white space;
   * what is longer is TooLarge. Default 256 MiB. Of items that are shorter a list may have any number.
   */
  readonly maxItemBytes?: number | undefined;
}

const options: Readonly<Record<keyof ReadingOptions, true>> = {
  maxFrameBytes: true,
  maxItemBytes: true,
  onWarning: true,
  exactIntegers: true,
};

/** The names of {@link ReadingOptions}. */
export const readingOptionNames: readonly (keyof ReadingOptions)[] = Object.keys(options) as (keyof ReadingOptions)[];
