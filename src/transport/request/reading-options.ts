import type { WarningOptions } from './server-warnings.ts';

/** How the answers to lists and watches are read. */
export interface ReadingOptions extends WarningOptions {
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
};

/** The names of {@link ReadingOptions}. */
export const readingOptionNames: readonly (keyof ReadingOptions)[] = Object.keys(options) as (keyof ReadingOptions)[];
