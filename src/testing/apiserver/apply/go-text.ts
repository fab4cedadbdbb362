import { exactText } from '../../../protocol/numbers/json-text.ts';
import { isJsonObject } from '../objects/json-object.ts';

function sortedEntries(object: object): [string, unknown][] {
  return Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A float64 with as few digits as tell it, with an exponent below -4 and from 21 on. */
function floatText(value: number): string {
  const text = String(value);
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** What Go calls the type of a JSON value, as `%T` prints it. */
export function goTypeName(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  if (isJsonObject(value)) return 'map[string]interface {}';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  if (typeof value === 'bigint') return 'int64';
  return typeof value === 'boolean' ? 'bool' : 'string';
}

/** A JSON value as `%v` of Go prints it. */
export function goText(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (isJsonObject(value)) {
    return `map[${sortedEntries(value)
      .map(([name, member]) => `${name}:${goText(member)}`)
      .join(' ')}]`;
  }
  if (typeof value === 'number') return floatText(value);
  return typeof value === 'string' ? value : exactText(value);
}

/** A JSON value as `%#v` of Go prints it: in Go's syntax. */
export function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (isJsonObject(value)) {
    return `map[string]interface {}{${sortedEntries(value)
      .map(([name, member]) => `${JSON.stringify(name)}:${goSyntax(member)}`)
      .join(', ')}}`;
  }
  return typeof value === 'string' ? JSON.stringify(value) : goText(value);
}
