import type { SourceTitle } from '../source.ts';
import type { Status } from '../status.ts';
import type { StatusCount } from '../status-counts.ts';
import type { Tally } from '../summary.ts';
import type { RecentRow } from './recent-rows.ts';
import type { TableShape } from './table.ts';

/** What a frame of the screen is drawn from. Times are milliseconds of one clock. */
export interface ScreenState {
  readonly title: SourceTitle;
  readonly now: number;
  readonly startedAt: number;
  readonly status: Status;
  readonly tally: Tally;
  readonly perSecond: number;
  /** Objects held now. */
  readonly size: number;
  /** How many a list is expected to bring, where the server does not say. */
  readonly expected: number | undefined;
  /** Failing ones first. */
  readonly counts: readonly StatusCount[];
  readonly shape: TableShape;
  /** The first rows of the table; more than fit do no harm. */
  readonly rows: readonly RecentRow[];
  /** True where keys are heard, and `q` ends the run. */
  readonly keys: boolean;
}

/** The size of a terminal in characters. */
export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}
