import { styleText } from 'node:util';
import Table from 'cli-table3';
import { age } from './age.ts';
import type { RecentRow } from './recent-rows.ts';
import { clipped, type Style } from './styled-line.ts';

/** Which columns there are, besides the name and the age. */
export interface TableShape {
  /** False for a cluster-scoped resource. */
  readonly namespaced: boolean;
  /** True where any object has a phase. */
  readonly phases: boolean;
  /** True for pods. */
  readonly nodes: boolean;
}

interface Column {
  readonly head: string;
  /** Columns of the terminal, or a share of those that are left. */
  readonly size: { readonly fixed: number } | { readonly share: number };
  readonly cell: (row: RecentRow) => string;
  readonly style?: (row: RecentRow) => Style | undefined;
}

const gap = 2;
/** In fewer columns than this the table would not fit; its lines are cut then. */
const narrowest = 48;

const marks = { added: '+', updated: '~', deleted: '-' };
const markStyles = { added: 'green', updated: 'cyan', deleted: 'red' } as const;
const phaseStyles: Readonly<Record<string, Style>> = {
  Running: 'green',
  Active: 'green',
  Bound: 'green',
  Succeeded: 'dim',
  Pending: 'yellow',
  Terminating: 'yellow',
  Failed: 'red',
};

/**
 * The table as lines of at most so many columns: a head, and a line for each row. The widths of its columns come from
 * the terminal alone, so that they stay where they are.
 */
export function tableLines(
  rows: readonly RecentRow[],
  shape: TableShape,
  terminalColumns: number,
  now: number,
): string[] {
  const columns = columnsOf(shape, now);
  const fits = terminalColumns >= narrowest;
  const widths = columnWidths(columns, Math.max(terminalColumns, narrowest));
  const table = new Table({
    head: columns.map(({ head }) => (fits && head !== '' ? styleText('bold', head) : head)),
    colWidths: widths,
    colAligns: columns.map(({ head }) => (head === 'AGE' ? 'right' : 'left')),
    chars: { ...noBorders, middle: ' '.repeat(gap) },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of rows) {
    table.push(
      columns.map(({ cell, style }, index) => {
        const text = clipped(cell(row), widths[index] ?? 0);
        const chosen = fits ? (row.change === 'deleted' ? 'dim' : style?.(row)) : undefined;
        return chosen === undefined || text === '' ? text : styleText(chosen, text);
      }),
    );
  }
  const lines = table.toString().split('\n');
  return fits ? lines : lines.map((line) => clipped(line, terminalColumns));
}

function columnsOf({ namespaced, phases, nodes }: TableShape, now: number): Column[] {
  const namespace: Column = { head: 'NAMESPACE', size: { share: 28 }, cell: (row) => row.namespace };
  const phase: Column = {
    head: 'PHASE',
    size: { fixed: 11 },
    cell: (row) => (row.change === 'deleted' ? 'deleted' : row.phase),
    style: (row) => phaseStyles[row.phase],
  };
  const node: Column = { head: 'NODE', size: { share: 24 }, cell: (row) => row.node };
  return [
    {
      head: '',
      size: { fixed: 1 },
      cell: ({ change }) => (change === undefined ? '' : marks[change]),
      style: ({ change }) => (change === undefined ? undefined : markStyles[change]),
    },
    ...(namespaced ? [namespace] : []),
    { head: 'NAME', size: { share: 48 }, cell: (row) => row.name },
    ...(phases ? [phase] : []),
    ...(nodes ? [node] : []),
    { head: 'AGE', size: { fixed: 6 }, cell: (row) => age(row.created, now) },
  ];
}

function columnWidths(columns: readonly Column[], terminalColumns: number): number[] {
  let free = terminalColumns - gap * (columns.length - 1);
  let shares = 0;
  for (const { size } of columns) {
    if ('fixed' in size) free -= size.fixed;
    else shares += size.share;
  }
  // Each takes its share of what those before it left, so that nothing is lost to rounding.
  return columns.map(({ size }) => {
    if ('fixed' in size) return size.fixed;
    const width = Math.floor((free * size.share) / shares);
    free -= width;
    shares -= size.share;
    return width;
  });
}

const noBorders = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
  ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
  ...{ mid: '', 'mid-mid': '', left: '', 'left-mid': '', right: '', 'right-mid': '' },
};
