import { exactText } from '../../../protocol/numbers/json-text.ts';
import { isJsonObject, type JsonObject } from '../objects/json-object.ts';
import { type Column, Shown, type TablePrinter } from './table-printer.ts';

/** The steps of a simple JSON path, `.spec.hosts[0]` or `.metadata.labels['a.b']`; `undefined` of one that does more. */
function stepsOf(path: string): readonly string[] | undefined {
  const steps: string[] = [];
  const step = /\.((?:[\w$/-]|\\\.)+)|\[(\d+)\]|\[['"]([^'"\]]+)['"]\]/y;
  for (step.lastIndex = 0; step.lastIndex < path.length;) {
    const found = step.exec(path);
    if (found === null) return undefined;
    steps.push((found[1] ?? found[2] ?? found[3] ?? '').replaceAll('\\.', '.'));
  }
  return steps;
}

function valueAt(object: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string, unknown>)[step]
        : undefined,
    object,
  );
}

function cellOf(object: unknown, type: string, steps: readonly string[] | undefined, now: number): unknown {
  const value = steps === undefined ? undefined : valueAt(object, steps);
  if (value === undefined || value === null) return null;
  if (type === 'date') return new Shown({ value }, now).age('value');
  if (type === 'integer' || type === 'number') return typeof value === 'number' ? value : null;
  if (type === 'boolean') return typeof value === 'boolean' ? value : null;
  return typeof value === 'string' ? value : exactText(value);
}

function textOf(column: JsonObject, field: string): string {
  const value = column[field];
  return typeof value === 'string' ? value : '';
}

const nameColumn: Column = { name: 'Name', type: 'string', format: 'name', description: '', priority: 0 };
const ageColumn: JsonObject = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };

/**
 * The printer of a custom resource: its name and the columns that its definition names, or its age where that names none. Paths
 * with filters, wildcards or slices give no value.
 */
export function definitionPrinter(columns: unknown): TablePrinter {
  const given = Array.isArray(columns) && columns.length > 0 ? columns.filter(isJsonObject) : [ageColumn];
  const shown = given.map((column) => ({
    column: {
      name: textOf(column, 'name'),
      type: textOf(column, 'type'),
      format: textOf(column, 'format'),
      description: textOf(column, 'description'),
      priority: typeof column['priority'] === 'number' ? column['priority'] : 0,
    },
    steps: stepsOf(textOf(column, 'jsonPath')),
  }));
  return {
    columns: [nameColumn, ...shown.map(({ column }) => column)],
    cells: (object, now) => [
      object.metadata.name,
      ...shown.map(({ column, steps }) => cellOf(object, column.type, steps, now)),
    ],
  };
}
