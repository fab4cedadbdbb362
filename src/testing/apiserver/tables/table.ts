import { map, type Observable, scan } from 'rxjs';
import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import { exactText } from '../../../protocol/numbers/json-text.ts';
import { parseExact } from '../../../protocol/numbers/parse-exact.ts';
import type { TablePrinter } from './table-printer.ts';

/** How much of each object a row carries. */
export type Included = 'None' | 'Metadata' | 'Object';

/** How a table is made. */
export interface TableOptions {
  readonly printer: TablePrinter;
  readonly included: Included;
  /** Milliseconds, for ages. */
  readonly now: () => number;
}

/** The metadata of a table: that of the list. */
export interface TableMetadata {
  readonly resourceVersion?: string;
  readonly continue?: string;
  readonly remainingItemCount?: number;
}

function objectOf(object: KubernetesObject, included: Included): object | null {
  if (included === 'None') return null;
  if (included === 'Object') return object;
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
}

/** Objects as a Table, as a server prints it. */
export function tableOf(
  objects: readonly KubernetesObject[],
  metadata: TableMetadata,
  { printer, included, now }: TableOptions,
): object {
  const time = now();
  const rows = objects.map((object) => ({ cells: printer.cells(object, time), object: objectOf(object, included) }));
  return { kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata, columnDefinitions: printer.columns, rows };
}

interface Line {
  readonly type: string;
  readonly object: KubernetesObject;
}

/**
 * The lines of a watch with a table of one row in place of each object. Only the first one names the columns. Errors stay what they
 * are.
 */
export function tableLines(
  batches$: Observable<Iterable<string>>,
  options: TableOptions,
): Observable<Iterable<string>> {
  return batches$.pipe(
    scan(
      ({ named }, batch) => {
        let isNamed = named;
        const lines = Array.from(batch, (text) => {
          const { type, object } = parseExact(text) as Line;
          if (type === 'ERROR') return text;
          const { resourceVersion = '' } = object.metadata;
          const table = tableOf([object], { resourceVersion }, options);
          const shown = isNamed ? { ...table, columnDefinitions: null } : table;
          isNamed = true;
          return `${exactText({ type, object: shown })}\n`;
        });
        return { named: isNamed, lines };
      },
      { named: false, lines: [] as readonly string[] },
    ),
    map(({ lines }) => lines),
  );
}
