import { styleText } from 'node:util';

/** A piece of a line, with its colour if it has any. */
export type Piece = string | readonly [style: Style, text: string];

/** The styles that the screen uses. */
export type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan';

/**
 * Columns that a text takes at most. Everything from Hangul on is counted as wide: a line may end early, it never wraps.
 */
export function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += (character.codePointAt(0) ?? 0) < 0x1100 || narrow.test(character) ? 1 : 2;
  return columns;
}

// General punctuation, arrows, boxes, blocks and shapes.
const narrow = /[\u2010-\u27ff]/u;

/** A text of at most so many columns; one that is too long ends in an ellipsis. */
export function clipped(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  let kept = '';
  let left = columns - 1;
  for (const character of text) {
    left -= width(character);
    if (left < 0) break;
    kept += character;
  }
  return columns > 0 ? `${kept}…` : '';
}

/** Pieces as one line of at most so many columns. There are no colours where the environment wants none (`NO_COLOR`). */
export function styledLine(pieces: readonly Piece[], columns: number): string {
  return styled(pieces, columns).line;
}

/** A line with pieces at both ends. The left ones are clipped for the right ones, which go if the half is too little. */
export function spreadLine(left: readonly Piece[], right: readonly Piece[], columns: number): string {
  const end = styled(right, columns);
  const start = styled(left, columns - end.columns - gap);
  if (end.columns + gap > columns / 2) return styledLine(left, columns);
  return start.line + ' '.repeat(columns - start.columns - end.columns) + end.line;
}

const gap = 2;

function styled(pieces: readonly Piece[], room: number): { readonly line: string; readonly columns: number } {
  let columns = 0;
  let line = '';
  for (const piece of pieces) {
    const [style, text] = typeof piece === 'string' ? [undefined, piece] : piece;
    const shown = clipped(text, room - columns);
    columns += width(shown);
    line += style === undefined || shown === '' ? shown : styleText(style, shown);
    if (shown !== text) break;
  }
  return { line, columns };
}
