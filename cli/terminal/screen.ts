import { figure } from './figure.ts';
import { changesLine, figuresLine, titleLine } from './header-lines.ts';
import { newsLines } from './news-lines.ts';
import type { ScreenSize, ScreenState } from './screen-state.ts';
import { fittingLine, type Line, styledLine } from './styled-line.ts';
import { tableLines } from './table.ts';

/** A screen of this number of rows or more has blank lines, and what is nice to know. */
const roomy = 15;

/** A screen of this number of rows or more says in a line how many objects are not shown. */
const footed = 6;

/** How many rows of the table fit at most. The last line of the terminal stays free for the cursor. */
export function tableRoom({ rows }: ScreenSize): number {
  const around = rows >= roomy ? 7 : rows >= footed ? 4 : 3;
  return Math.max(0, rows - 1 - around);
}

/**
 * A frame: lines that fit the terminal in width, as many as it has but one, so that none wraps and nothing scrolls, and
 * each of two frames in one terminal covers the other.
 */
export function screen(state: ScreenState, size: ScreenSize): string {
  const { top, bottom, room } = framed(state, size, false);
  const filled = top.length >= room ? top : [...top, ...Array<string>(room - top.length).fill('')];
  return [...filled, ...bottom].join('\n');
}

/** The frame that stays when the run is over: no longer than it has to be, without what can no longer be done or will not come. */
export function lastScreen(state: ScreenState, size: ScreenSize): string {
  const { top, bottom } = framed(state, size, true);
  const lines = [...top, ...bottom];
  while (lines.at(-1) === '') lines.pop();
  return lines.join('\n');
}

interface Frame {
  readonly top: readonly string[];
  readonly bottom: readonly string[];
  /** Lines for the top. */
  readonly room: number;
}

function framed(state: ScreenState, size: ScreenSize, isOver: boolean): Frame {
  // The last column stays free: log-update erases what is right of the cursor, which is still on a line that is full.
  const columns = Math.max(1, size.columns - 1);
  const height = Math.max(1, size.rows - 1);
  const isRoomy = size.rows >= roomy;
  const feet = size.rows >= footed ? (isRoomy ? 2 : 1) : 0;
  const room = height - feet;
  const news = newsLines(state, columns, isRoomy ? 3 : size.rows >= footed ? 2 : 1, isOver);
  const head = [
    titleLine(state, columns),
    // Where there is trouble, that is what is read first.
    ...(isRoomy || height > 2 || news.length === 0 ? [figuresLine(state, columns)] : []),
    ...(isRoomy ? [changesLine(state, columns), ...(news.length === 0 ? [''] : news)] : news),
  ];
  const shown = state.rows.slice(0, Math.max(0, room - head.length - 1));
  const hidden = state.size - shown.filter(({ change }) => change !== 'deleted').length;
  const table =
    shown.length > 0 ? tableLines(shown, state.shape, columns, state.now) : nothing(state, columns, room - head.length);
  const foot = styledFoot(hidden, state.keys && !isOver, columns);
  return { top: [...head, ...table].slice(0, room), bottom: feet === 2 ? ['', foot] : feet === 1 ? [foot] : [], room };
}

/** What kubectl says of an empty list, once it is known to be one. */
function nothing({ size, tally, title }: ScreenState, columns: number, room: number): string[] {
  if (size > 0 || tally.synced === undefined || room <= 0) return [];
  const { namespace } = title;
  const where = namespace === undefined ? '' : ` in ${namespace} namespace (all of them: -A)`;
  return [styledLine([['yellow', `No resources found${where}`]], columns)];
}

function styledFoot(hidden: number, keys: boolean, columns: number): string {
  const left: Line = { left: hidden > 0 ? [['dim', `… and ${figure(hidden)} more`]] : [] };
  return fittingLine([...(keys ? [{ ...left, right: [['dim', 'q quits']] as const }] : []), left], columns);
}
