import { styleText } from 'node:util';
import Table from 'cli-table3';
import { age } from '../age.ts';
import type { Health } from '../health.ts';
import type { RecentRow } from './recent-rows.ts';
import { clipped, type Style, width } from './styled-line.ts';

/** Which columns there are, besides the name and the age. */
export interface TableShape {
  /** False for one namespace, and for a resource that has none. */
  readonly namespaced: boolean;
  /** True where any object has a status. */
  readonly statuses: boolean;
  /** True for pods. */
  readonly pods: boolean;
}

interface Column {
  readonly head: string;
  /** The least width at which it is readable, in columns of the terminal. */
  readonly min: number;
  /** It grows to this width before the others get any more. */
  readonly comfort?: number;
  /** Its part of what is left. Default 0. */
  readonly share?: number;
  readonly max?: number;
  /** Where it is narrow, columns go by this number, 1 first. Those without stay. */
  readonly goes?: number;
  readonly cell: (row: RecentRow, columns: number) => string;
  readonly style?: (row: RecentRow) => Style | undefined;
}

/** In fewer columns than this, which 80 leave beside the free last one, one blank stands between two columns of the table. */
const roomy = 79;

const marks = { added: '+', updated: '~', deleted: '-' };
const markStyles = { added: 'green', updated: 'cyan', deleted: 'red' } as const;
const healthStyles: Readonly<Record<Health, Style>> = { well: 'green', underway: 'yellow', failing: 'red' };

/**
 * The table as lines no wider than `width` columns: a head, and a line for each row. Which columns there are and how wide
 * they are comes from the terminal and the shape alone, so that they stay where they are.
 */
export function tableLines(
  rows: readonly RecentRow[],
  shape: TableShape,
  terminalColumns: number,
  now: number,
): string[] {
  const gap = terminalColumns < roomy ? 1 : 2;
  const columns = fitting(columnsOf(shape, now), terminalColumns, gap);
  const widths = columnWidths(columns, terminalColumns, gap);
  const table = new Table({
    head: columns.map(({ head }) => (head === '' ? head : styleText('bold', head))),
    colWidths: widths,
    chars: { ...noBorders, middle: ' '.repeat(gap) },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of rows) {
    table.push(
      columns.map(({ cell, style }, index) => {
        const columnWidth = widths[index] ?? 0;
        const text = clipped(cell(row, columnWidth), columnWidth);
        const chosen = row.change === 'deleted' ? 'dim' : style?.(row);
        return chosen === undefined || text === '' ? text : styleText(chosen, text);
      }),
    );
  }
  // In the narrowest terminals not even what has to stay fits.
  return table
    .toString()
    .split('\n')
    .map((line) => clipped(line, terminalColumns));
}

function columnsOf({ namespaced, statuses, pods }: TableShape, now: number): Column[] {
  const status: Column = {
    head: 'STATUS',
    ...(pods ? { min: 17, share: 10, max: 26 } : { min: 11 }),
    cell: (row) => (row.change === 'deleted' ? 'deleted' : row.status),
    style: ({ status, health }) =>
      status === 'Succeeded' || status === 'Completed' ? 'dim' : health && healthStyles[health],
  };
  const namespace: Column = {
    head: 'NAMESPACE',
    ...{ min: 9, share: 20, goes: 3 },
    cell: (row) => row.namespace,
  };
  return [
    {
      head: '',
      min: 1,
      cell: ({ change }) => (change === undefined ? '' : marks[change]),
      style: ({ change }) => (change === undefined ? undefined : markStyles[change]),
    },
    ...(namespaced ? [namespace] : []),
    {
      head: 'NAME',
      ...{ min: 12, comfort: 24, share: 50 },
      // What tells two pods of one owner apart stands at the end of their names.
      cell: (row, columns) => clipped(row.name, columns, 'middle'),
    },
    ...(pods ? [{ head: 'READY', min: 5, goes: 5, cell: ({ pod }: RecentRow) => pod?.ready ?? '' }] : []),
    ...(statuses || pods ? [status] : []),
    ...(pods ? [restarts(now)] : []),
    { head: 'AGE', min: 6, goes: 2, cell: (row) => age(row.created, now) },
    ...(pods ? [{ head: 'NODE', min: 10, share: 20, goes: 1, cell: ({ pod }: RecentRow) => pod?.node ?? '' }] : []),
  ];
}

/** The number of restarts, and where there is room how long the last one is ago, as kubectl has it: `3 (5m ago)`. */
function restarts(now: number): Column {
  return {
    head: 'RESTARTS',
    ...{ min: 8, comfort: 12, share: 5, max: 16, goes: 4 },
    cell({ pod }, columns) {
      const count = String(pod?.restarts ?? '');
      if (pod?.restartedAt === undefined || pod.restarts === 0) return count;
      const full = `${count} (${age(pod.restartedAt, now)} ago)`;
      return width(full) <= columns ? full : count;
    },
  };
}

/** The columns that there is room for. */
function fitting(all: readonly Column[], terminalColumns: number, gap: number): readonly Column[] {
  const needs = all.reduce((sum, { min }) => sum + min, gap * (all.length - 1));
  const [next] = all.filter(({ goes }) => goes !== undefined).sort((a, b) => (a.goes ?? 0) - (b.goes ?? 0));
  if (needs <= terminalColumns || next === undefined) return all;
  return fitting(
    all.filter((column) => column !== next),
    terminalColumns,
    gap,
  );
}

function columnWidths(columns: readonly Column[], terminalColumns: number, gap: number): number[] {
  const widths = columns.map(({ min }) => min);
  let free = terminalColumns - gap * (columns.length - 1) - widths.reduce((sum, min) => sum + min, 0);
  const grow = (index: number, by: number): void => {
    const extra = Math.max(0, Math.min(by, free));
    widths[index] = (widths[index] ?? 0) + extra;
    free -= extra;
  };
  for (const [index, { min, comfort = min }] of columns.entries()) grow(index, comfort - min);
  let shares = columns.reduce((sum, { share = 0 }) => sum + share, 0);
  // Columns with a limit come first: the others get what these cannot take. Each takes its share of what the columns before
  // it left, so that nothing is lost to rounding.
  const limited = columns.map(({ max = Infinity }, index) => ({ max, index })).sort((a, b) => a.max - b.max);
  for (const { max, index } of limited) {
    const share = columns[index]?.share ?? 0;
    if (share === 0) continue;
    grow(index, Math.min(max - (widths[index] ?? 0), Math.floor((free * share) / shares)));
    shares -= share;
  }
  return widths;
}

const noBorders = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
  ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
  ...{ mid: '', 'mid-mid': '', left: '', 'left-mid': '', right: '', 'right-mid': '' },
};
