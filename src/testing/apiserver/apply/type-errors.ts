import { isJsonObject, type JsonObject } from '../objects/json-object.ts';
import { stepText } from './field-set.ts';
import { goSyntax, goText, goTypeName } from './go-text.ts';
import { itemStep } from './structure.ts';
import type { ValueType } from './value-type.ts';

function isScalar(value: unknown): boolean {
  return typeof value !== 'object';
}

function isNumeric(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** Why a value is not of its form; `undefined` where it is. Null is of every form. */
function formError(value: unknown, { form }: ValueType): string | undefined {
  const expected = (what: string, got: string): string => `expected ${what}, got ${got}`;
  switch (form) {
    case 'map':
      return isJsonObject(value) ? undefined : expected('map', `&{${goText(value)}}`);
    case 'list':
      return Array.isArray(value) ? undefined : expected('list', `&{${goText(value)}}`);
    case 'text':
      if (typeof value === 'string') return undefined;
      return expected('string', `&value.valueUnstructured{Value:${goSyntax(value)}}`);
    case 'number':
      return isNumeric(value) ? undefined : expected('numeric (int or float)', goTypeName(value));
    case 'boolean':
      return typeof value === 'boolean' ? undefined : expected('boolean', `&{${goText(value)}}`);
    case 'scalar':
      return isScalar(value) ? undefined : expected('any scalar', `&{${goText(value)}}`);
    default:
      return undefined;
  }
}

/** Why an item cannot be told apart from the others by its value. */
function setItemError(item: unknown): string | undefined {
  if (item === null) return "associative list without keys has an element that's an explicit null";
  if (Array.isArray(item)) return 'not supported: associative list with lists as elements';
  return isJsonObject(item) ? "associative list without keys has an element that's a map type" : undefined;
}

/** Why an item cannot be told apart from the others by its keys. */
function keyedItemError(item: unknown, names: readonly string[], step: string | undefined): string | undefined {
  if (item === null) return 'associative list with keys may not have a null element';
  if (!isJsonObject(item)) return 'associative list with keys may not have non-map elements';
  if (step !== undefined) return undefined;
  const keys = names.map((name) => `"${name}"`).join(' ');
  const why = `associative list with keys has an element that omits all key fields [${keys}]`;
  return `${why} (and doesn't have default values for any key fields)`;
}

function memberErrors(object: JsonObject, type: ValueType, path: string): string[] {
  const errors: string[] = [];
  for (const [name, member] of Object.entries(object)) {
    const at = `${path}.${name}`;
    // The others are not looked at then.
    if (type.knows?.(name) === false) return [...errors, `${at}: field not declared in schema`];
    errors.push(...typeErrors(member, type.member(name), at));
  }
  return errors;
}

function itemErrors(items: readonly unknown[], type: ValueType, path: string): string[] {
  const { list } = type;
  if (list === undefined) return items.flatMap((item, index) => typeErrors(item, type.item(), `${path}[${index}]`));
  const errors: string[] = [];
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    const step = itemStep(item, type);
    const names = list === 'set' ? [] : list.map(({ name }) => name);
    const why = list === 'set' ? setItemError(item) : keyedItemError(item, names, step);
    // The others are not looked at then.
    if (why !== undefined || step === undefined) return [...errors, `${path}: element ${index}: ${why ?? ''}`];
    if (seen.has(step)) errors.push(`${path}: duplicate entries for key ${stepText(step)}`);
    seen.add(step);
    errors.push(...typeErrors(item, type.item(), path + stepText(step)));
  }
  return errors;
}

/**
 * Why a configuration is not of its type: values of another form, members that it does not know, and items that cannot be told
 * apart.
 *
 * Source: structured-merge-diff `typed/validate.go`.
 */
export function typeErrors(value: unknown, type: ValueType, path = ''): string[] {
  if (value === null) return [];
  const why = formError(value, type);
  if (why !== undefined) return [path === '' ? why : `${path}: ${why}`];
  if (isJsonObject(value)) return memberErrors(value, type, path);
  return Array.isArray(value) ? itemErrors(value, type, path) : [];
}
