import { styleText } from 'node:util';
import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';

/** A piece of a line, with its colour if it has any. */
export type Piece = string | readonly [style: Style, text: string];

/** The styles that the screen uses. */
export type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan';

/** A line with pieces at both ends. */
export interface Line {
  readonly left: readonly Piece[];
  readonly right?: readonly Piece[];
}

/** Columns that a text takes, without its escape codes. */
export function width(text: string): number {
  return stringWidth(text);
}

/** A text no wider than the columns that there are; in one that is too long an ellipsis stands for its start, middle or (default) end. */
export function clipped(text: string, columns: number, position: 'start' | 'middle' | 'end' = 'end'): string {
  return columns > 0 ? cliTruncate(text, columns, { position }) : '';
}

/** Pieces as one line no wider than the columns that there are. There are no colours where the environment wants none (`NO_COLOR`). */
export function styledLine(pieces: readonly Piece[], columns: number): string {
  return clipped(styled(pieces), columns);
}

/**
 * The first of several ways to say something that fits into the columns that there are, from the most words to the fewest. Where
 * none does, the last one, clipped.
 */
export function fittingLine(ways: readonly Line[], columns: number): string {
  const chosen = ways.find((line) => columnsOf(line) <= columns) ?? ways.at(-1) ?? { left: [] };
  const { left, right } = chosen;
  if (right === undefined || columnsOf(chosen) > columns) return styledLine(left, columns);
  const end = styled(right);
  return `${styled(left)}${' '.repeat(columns - width(styled(left)) - width(end))}${end}`;
}

const gap = 2;

function columnsOf({ left, right }: Line): number {
  return width(styled(left)) + (right === undefined ? 0 : gap + width(styled(right)));
}

function styled(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => (typeof piece === 'string' ? piece : piece[1] === '' ? '' : styleText(piece[0], piece[1])))
    .join('');
}
