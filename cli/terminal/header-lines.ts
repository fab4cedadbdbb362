import { duration } from '../age.ts';
import type { StatusCount } from '../status-counts.ts';
import { figure, plural } from './figure.ts';
import type { ScreenState } from './screen-state.ts';
import { clipped, fittingLine, type Line, type Piece } from './styled-line.ts';

/** A long host keeps this number of columns on a narrow screen: its end, with the port. */
const shortHost = 18;

/** What is reflected, from where, and how it goes. Server and port are the last to go, and are never cut at their end. */
export function titleLine({ title, status, now, startedAt }: ScreenState, columns: number): string {
  const { resource, namespace, place, server } = title;
  const words = namespace === undefined ? resource : `${resource} in ${namespace}`;
  const { phase = 'starting', trouble } = status;
  const state: Piece =
    trouble === 'waiting'
      ? ['red', '● interrupted']
      : [trouble === 'none' && phase === 'watching' ? 'green' : 'yellow', `● ${phase}`];
  const since = `  ${duration(now - startedAt)}`;
  const short = clipped(server, shortHost, 'start');
  const line = (right: readonly Piece[], ...parts: readonly string[]): Line => ({ left: [parts.join(' · ')], right });
  return fittingLine(
    [
      { left: [['bold', 'kuberx'], `  ${[words, place, server].join(' · ')}`], right: [state, since] },
      { left: [['bold', 'kuberx'], `  ${[words, server].join(' · ')}`], right: [state, since] },
      line([state, since], words, server),
      line([state], words, server),
      line([state], words, short),
      line([state], resource, server),
      line([state], resource, short),
      line([state], server),
      line([state], short),
      { left: [short] },
      { left: [clipped(server, columns, 'start')] },
    ],
    columns,
  );
}

/** How many objects there are, by their status. Those that fail come first and are the last to go. */
export function figuresLine({ size, counts, perSecond }: ScreenState, columns: number): string {
  const failing = counts.filter(({ health }) => health === 'failing');
  const others = counts.filter(({ health }) => health !== 'failing');
  const total: Piece = ['bold', plural(size, 'object')];
  const line = (head: Piece | undefined, shown: readonly StatusCount[], more: boolean): Line => {
    const pieces = [...shown.map(countPiece), ...(more ? ['…'] : [])].flatMap((piece, index): Piece[] =>
      index === 0 ? [piece] : [' · ', piece],
    );
    return { left: head === undefined ? pieces : pieces.length === 0 ? [head] : [head, '  ', ...pieces] };
  };
  const sum = failing.reduce((all, { count }) => all + count, 0);
  const inSum: Piece = ['red', `${figure(sum)} failing`];
  return fittingLine(
    [
      { ...line(total, counts, false), right: [`${perSecond.toFixed(1)} events/s`] },
      line(total, counts, false),
      ...others.map((_, index) => line(total, [...failing, ...others.slice(0, -1 - index)], true)),
      ...(failing.length === 0
        ? [{ left: [total] }]
        : [
            line(['bold', figure(size)], failing, true),
            line(undefined, failing, false),
            { left: [total, '  ', inSum] },
            { left: [['bold', figure(size)], '  ', inSum] as const },
            { left: [inSum] },
          ]),
    ],
    columns,
  );
}

/** What happened since the start. */
export function changesLine({ tally }: ScreenState, columns: number): string {
  const { added, updated, deleted, relists, interruptions } = tally;
  const changes = `${figure(added)} added · ${figure(updated)} updated · ${figure(deleted)} deleted`;
  const full = [changes, plural(relists, 'relist'), plural(interruptions, 'interruption')].join(' · ');
  return fittingLine([{ left: [['dim', full]] }, { left: [['dim', changes]] }], columns);
}

function countPiece({ status, count, health }: StatusCount): Piece {
  const text = `${figure(count)} ${status}`;
  return health === 'failing' ? ['red', text] : text;
}
