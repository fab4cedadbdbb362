import { duration } from './age.ts';
import { interruptionText } from './interruption-text.ts';
import { progressBar } from './progress-bar.ts';
import type { RecentRow } from './recent-rows.ts';
import type { Status } from './status.ts';
import { clipped, spreadLine, styledLine, type Piece } from './styled-line.ts';
import type { Tally } from './summary.ts';
import { tableLines, type TableShape } from './table.ts';

/** What a frame of the screen is drawn from. Times are milliseconds of one clock. */
export interface ScreenState {
  /** What is reflected, in words: `v1/pods in default`. */
  readonly title: string;
  readonly now: number;
  readonly startedAt: number;
  readonly status: Status;
  readonly tally: Tally;
  readonly perSecond: number;
  /** Objects held now. */
  readonly size: number;
  /** How many a list is expected to bring, where the server does not say. */
  readonly expected: number | undefined;
  readonly phases: readonly (readonly [phase: string, count: number])[];
  readonly shape: TableShape;
  /** The first rows of the table; more than fit do no harm. */
  readonly rows: readonly RecentRow[];
}

/** The size of a terminal in characters. */
export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** Lines besides the rows of the table: three of figures, the news, the table's head, a blank one and its foot. */
const frameLines = 7;

/** How many rows of the table fit. The last line of the terminal stays free for the cursor. */
export function tableRoom({ rows }: ScreenSize): number {
  return Math.max(0, rows - frameLines - 1);
}

/** A frame: lines that fit the terminal in width and height, so that none wraps and nothing scrolls. */
export function screen(state: ScreenState, size: ScreenSize): string {
  const { now, shape, rows } = state;
  const { columns } = size;
  const shown = rows.slice(0, tableRoom(size));
  const hidden = state.size - shown.filter(({ change }) => change !== 'deleted').length;
  return [
    spreadLine(
      [['bold', 'kuberx'], `  ${state.title}`],
      [phasePiece(state), `  ${duration(now - state.startedAt)}`],
      columns,
    ),
    figures(state, columns),
    styledLine([['dim', changesText(state)]], columns),
    news(state, columns),
    ...tableLines(shown, shape, columns, now),
    '',
    styledLine([['dim', hidden > 0 ? `… and ${figure(hidden)} more` : '']], columns),
  ]
    .slice(0, Math.max(1, size.rows - 1))
    .join('\n');
}

function phasePiece({ status }: ScreenState): Piece {
  const { phase = 'starting', trouble } = status;
  if (trouble === 'waiting') return ['red', '● interrupted'];
  return [trouble === 'none' && phase === 'watching' ? 'green' : 'yellow', `● ${phase}`];
}

function figures({ size, phases, perSecond }: ScreenState, columns: number): string {
  const counts = phases.map(([phase, count]) => `${figure(count)} ${phase}`).join(' · ');
  const left: Piece[] = [
    ['bold', `${figure(size)} ${size === 1 ? 'object' : 'objects'}`],
    counts === '' ? '' : `  ${counts}`,
  ];
  return spreadLine(left, [`${perSecond.toFixed(1)} events/s`], columns);
}

function changesText({ tally }: ScreenState): string {
  return [
    `${figure(tally.added)} added`,
    `${figure(tally.updated)} updated`,
    `${figure(tally.deleted)} deleted`,
    plural(tally.relists, 'relist'),
    plural(tally.interruptions, 'interruption'),
  ].join(' · ');
}

/** What goes on: a failure and its countdown, a list and its bar, or the last failure. */
function news({ status, now, expected }: ScreenState, columns: number): string {
  const { phase, trouble, interruption, received, remaining } = status;
  if (interruption !== undefined && trouble !== 'none') {
    const next =
      trouble === 'retrying'
        ? 'trying again'
        : `next try in ${Math.ceil(Math.max(0, interruption.retryAt - now) / 1000)} s`;
    // What happens next is read even where the server's words are long.
    const end = ` · ${next} (attempt ${interruption.attempt})`;
    return styledLine(
      [['red', clipped(interruptionText(interruption), Math.max(20, columns - end.length))], end],
      columns,
    );
  }
  if (phase === 'listing' || phase === 'streaming') {
    const total = remaining === undefined ? expected : received + remaining;
    return styledLine(
      [['cyan', progressBar({ received, total }, Math.max(10, Math.floor(columns / 2)), now)]],
      columns,
    );
  }
  if (interruption === undefined) return '';
  return styledLine(
    [['dim', `last interruption ${duration(now - interruption.at)} ago: ${interruptionText(interruption)}`]],
    columns,
  );
}

function plural(count: number, word: string): string {
  return `${figure(count)} ${word}${count === 1 ? '' : 's'}`;
}

function figure(count: number): string {
  return count.toLocaleString('en');
}
