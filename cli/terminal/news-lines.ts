import wrapAnsi from 'wrap-ansi';
import { duration } from '../age.ts';
import { interruptionText } from '../interruption-text.ts';
import type { LastInterruption } from '../status.ts';
import { progressBar } from './progress-bar.ts';
import type { ScreenState } from './screen-state.ts';
import { clipped, type Style, styledLine, width } from './styled-line.ts';

/**
 * What goes on, in `room` lines at most: a failure and its countdown, a list and its bar, or the last failure. Once all is
 * over, nothing is counted down.
 */
export function newsLines(state: ScreenState, columns: number, room: number, isOver = false): string[] {
  const { status, now, expected, title } = state;
  const { phase, trouble, interruption, received, remaining } = status;
  if (interruption !== undefined && trouble !== 'none') {
    const wait = Math.ceil(Math.max(0, interruption.retryAt - now) / 1000);
    const next = trouble === 'retrying' ? 'trying again' : `next try in ${wait} s`;
    const tail = isOver ? '' : ` · ${next} (attempt ${interruption.attempt})`;
    return failureLines({ interruption, server: title.server, head: '', tail, style: 'red' }, columns, room);
  }
  if (phase === 'listing' || phase === 'streaming') {
    const total = remaining === undefined ? expected : received + remaining;
    const bar = progressBar({ received, total }, Math.max(10, Math.floor(columns / 2)), now);
    return [styledLine([['cyan', bar]], columns)];
  }
  if (interruption === undefined) return [];
  const head = `last interruption ${duration(now - interruption.at)} ago: `;
  return failureLines({ interruption, server: title.server, head, tail: '', style: 'dim' }, columns, 1);
}

/** A failure gets this number of columns for its words, or none of them is shown. */
const shortest = 20;

interface Failure {
  readonly interruption: LastInterruption;
  readonly server: string;
  readonly head: string;
  readonly tail: string;
  readonly style: Style;
}

/**
 * A failure in the server's words where they fit, otherwise by its reason and its server, whose port says which of
 * several it is. What happens next is read even where the words are long.
 */
function failureLines({ interruption, server, head, tail, style }: Failure, columns: number, room: number): string[] {
  const { phase, error } = interruption;
  const full = interruptionText(interruption);
  const port = server.slice(server.lastIndexOf(':') + 1);
  // How much of a line a wrapped word leaves free is seen when it is wrapped.
  const cuts = [0, 16, 32].map((free) => clipped(full, columns * room - width(head) - width(tail) - free));
  const ways = [
    `${head}${full}${tail}`,
    // Half a port would be another one.
    ...cuts
      .filter((cut) => width(cut) >= shortest && cut.includes(port) === full.includes(port))
      .map((cut) => `${head}${cut}${tail}`),
    `${head}${phase}: ${error.reason} at ${server}${tail}`,
    `${head}${error.reason} at ${server}${tail}`,
    `${error.reason} at ${server}${tail}`,
    `${error.reason}${tail}`,
    error.reason,
  ];
  const wrapped = ways.map((text) => wrapAnsi(text, columns, { hard: true }).split('\n'));
  const chosen = wrapped.find((lines) => lines.length <= room) ?? [clipped(error.reason, columns)];
  return chosen.map((line) => styledLine([[style, line]], columns));
}
