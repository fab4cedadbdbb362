import { exactText } from '../../../protocol/numbers/json-text.ts';
import { DecodeFault } from '../objects/decoded-object.ts';
import { isJsonObject, type JsonObject, setOwn } from '../objects/json-object.ts';
import { type BuiltInField, type BuiltInSchema, builtInSchema } from '../types/built-in-schema.ts';
import { canonicalQuantity } from './quantity.ts';

/** What is filled in where a struct of a type was read. */
export type Fill = (type: string, struct: Record<string, unknown>) => void;

const goNames: Readonly<Record<string, string>> = {
  s: 'string',
  i: 'int32',
  l: 'int64',
  b: 'bool',
  d: 'float64',
  y: '[]uint8',
  q: 'resource.Quantity',
  o: 'intstr.IntOrString',
  t: 'v1.Time',
  m: 'v1.MicroTime',
};

function goName({ type, holds }: BuiltInField): string {
  const name = goNames[type] ?? type.split('.').slice(-2).join('.');
  return holds === 'list' ? `[]${name}` : holds === 'map' ? `map[string]${name}` : name;
}

function jsonName(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value === 'bigint' ? 'number' : typeof value;
}

const isInteger = (value: unknown): boolean => typeof value === 'bigint' || Number.isInteger(value);
const isInt32 = (value: unknown): boolean => Number.isInteger(value) && Math.abs(value as number) <= 2 ** 31;
const isText = (value: unknown): boolean => typeof value === 'string';

/** Whether a value is what a letter of the table of schemas stands for. */
const fits: Readonly<Record<string, (value: unknown) => boolean>> = {
  s: isText,
  i: isInt32,
  l: isInteger,
  b: (value) => typeof value === 'boolean',
  d: (value) => typeof value === 'number' || typeof value === 'bigint',
  y: isText,
  q: (value) => isText(value) || typeof value === 'number',
  o: (value) => isText(value) || isInt32(value),
  t: isText,
  m: isText,
};

/** What Go has for a value that is not there, in a struct. */
const zeros: Readonly<Record<string, unknown>> = { s: '', i: 0, l: 0, b: false, d: 0, q: '0', o: 0 };
const structs = new Set(['q', 'o', 't', 'm', 'r', 'f', 'j']);

const members = new Map<string, ReadonlyMap<string, BuiltInField>>();

/** The fields of a type by their names in JSON. */
function membersOf(schema: BuiltInSchema): ReadonlyMap<string, BuiltInField> {
  const known = members.get(schema.name);
  if (known !== undefined) return known;
  const all = new Map<string, BuiltInField>();
  for (const field of schema.fields) {
    if (!field.isInline || field.holds === 'list') all.set(field.name, field);
    else for (const [name, each] of membersOf(builtInSchema(field.type))) all.set(name, each);
  }
  members.set(schema.name, all);
  return all;
}

class FormReader {
  readonly unknown: string[] = [];
  readonly #fill: Fill;

  constructor(fill: Fill) {
    this.#fill = fill;
  }

  struct(schema: BuiltInSchema, value: JsonObject, path: string): JsonObject {
    const read: Record<string, unknown> = {};
    const known = membersOf(schema);
    if (schema.isKind) {
      for (const name of ['kind', 'apiVersion']) if (typeof value[name] === 'string') read[name] = value[name];
    }
    for (const [name, field] of known) {
      const given = Object.hasOwn(value, name) ? (value[name] ?? undefined) : undefined;
      const member = this.#field(field, given, path === '' ? name : `${path}.${name}`, schema);
      if (member !== undefined) read[name] = member;
    }
    for (const name of Object.keys(value)) {
      if (known.has(name) || (schema.isKind && (name === 'kind' || name === 'apiVersion'))) continue;
      this.unknown.push(path === '' ? name : `${path}.${name}`);
    }
    this.#fill(schema.name, read);
    return read;
  }

  /** `undefined` for what Go leaves out. */
  #field(field: BuiltInField, given: unknown, path: string, owner: BuiltInSchema): unknown {
    const { type, holds, isPointer, omitsEmpty, omitsZero } = field;
    const where = `${owner.name.slice(owner.name.lastIndexOf('.') + 1)}.${path}`;
    if (given === undefined) {
      if (holds !== 'one' || isPointer) return omitsEmpty ? undefined : null;
      if (!(type in goNames) && !structs.has(type) && type.length > 1)
        return this.struct(builtInSchema(type), {}, path);
      return (omitsEmpty && !structs.has(type)) || omitsZero ? undefined : (zeros[type] ?? null);
    }
    if (holds === 'list') {
      if (!Array.isArray(given)) throw mismatch(given, where, field);
      // What is empty is stored as nothing.
      if (given.length === 0) return omitsEmpty ? undefined : null;
      return given.map((item: unknown, index) => this.#value(field, item, `${path}[${index}]`, where));
    }
    if (holds === 'map') {
      if (!isJsonObject(given)) throw mismatch(given, where, field);
      const map: Record<string, unknown> = {};
      for (const [key, item] of Object.entries(given))
        setOwn(map, key, this.#value(field, item, `${path}.${key}`, where));
      return Object.keys(map).length === 0 && omitsEmpty ? undefined : map;
    }
    const read = this.#value(field, given, path, where);
    const isEmpty = read === zeros[type] && !structs.has(type);
    return isEmpty && omitsEmpty && !isPointer ? undefined : read;
  }

  #value(field: BuiltInField, given: unknown, path: string, where: string): unknown {
    const { type } = field;
    const check = fits[type];
    if (check !== undefined) {
      if (given === null) return zeros[type] ?? null;
      if (!check(given)) throw mismatch(given, where, { ...field, holds: 'one' });
      // What is not a quantity is for validation to refuse.
      return type === 'q' ? (canonicalQuantity(typeof given === 'string' ? given : exactText(given)) ?? given) : given;
    }
    if (type.length === 1) return given;
    const schema = builtInSchema(type);
    const [only] = schema.fields;
    if (only?.isInline === true && only.holds === 'list') return given;
    if (given !== null && !isJsonObject(given)) throw mismatch(given, where, { ...field, holds: 'one' });
    return this.struct(schema, given ?? {}, path);
  }
}

function mismatch(value: unknown, where: string, field: BuiltInField): DecodeFault {
  const number = typeof value === 'number' || typeof value === 'bigint' ? ` ${value}` : '';
  return new DecodeFault(
    `json: cannot unmarshal ${jsonName(value)}${number} into Go struct field ${where} of type ${goName(field)}`,
  );
}

/**
 * An object of a built-in type as Go reads it and writes it again: without what it does not know, what is null and what is left out
 * where it is empty, with what is always there, quantities in their canonical form; and the fields that it does not know.
 *
 * @throws DecodeFault for a member of another type.
 */
export function goForm(
  schema: BuiltInSchema,
  value: JsonObject,
  fill: Fill = () => undefined,
): { readonly value: JsonObject; readonly unknown: readonly string[] } {
  const reader = new FormReader(fill);
  return { value: reader.struct(schema, value, ''), unknown: reader.unknown };
}
