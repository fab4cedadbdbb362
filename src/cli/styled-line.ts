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

/** Pieces as one line of at most so many columns. Colours go where the environment wants none (`NO_COLOR`). */
export function styledLine(pieces: readonly Piece[], columns: number): string {
  let left = columns;
  let line = '';
  for (const piece of pieces) {
    const [style, text] = typeof piece === 'string' ? [undefined, piece] : piece;
    const shown = clipped(text, left);
    left -= width(shown);
    line += style === undefined || shown === '' ? shown : styleText(style, shown);
    if (shown !== text) break;
  }
  return line;
}

/** A line with pieces at its left and at its right end; where there is no room for both, the right ones go. */
export function spreadLine(left: readonly Piece[], right: readonly Piece[], columns: number): string {
  const taken = columnsOf(left) + columnsOf(right);
  return taken + 2 > columns
    ? styledLine(left, columns)
    : styledLine([...left, ' '.repeat(columns - taken), ...right], columns);
}

function columnsOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + width(typeof piece === 'string' ? piece : piece[1]), 0);
}
