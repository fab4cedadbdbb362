import { exactText } from '../../../protocol/numbers/json-text.ts';
import { isJsonObject, type JsonObject, setOwn } from '../objects/json-object.ts';
import { builtInFields } from '../types/built-in-fields.ts';
import { type BuiltInField, type BuiltInSchema, builtInSchema } from '../types/built-in-schema.ts';
import { canonicalQuantity } from './quantity.ts';

/** What is filled in where a struct of a type was read. */
export type Fill = (type: string, struct: Record<string, unknown>) => void;

/** What Go has for a value that is not there, in a struct. */
const zeros: Readonly<Record<string, unknown>> = { s: '', i: 0, l: 0, b: false, d: 0, q: '0', o: 0 };
/** Those that are structs themselves, which are never left out. */
const structs: ReadonlySet<string> = new Set(['q', 'o', 't', 'm', 'r', 'f', 'j']);

function isStruct({ type }: BuiltInField): boolean {
  return type.length > 1 || structs.has(type);
}

/** `undefined` for what Go leaves out. */
function missing(field: BuiltInField, fill: Fill): unknown {
  const { type, holds, isPointer, omitsEmpty, omitsZero } = field;
  if (holds !== 'one' || isPointer) return omitsEmpty ? undefined : null;
  if (type.length > 1) return goForm(builtInSchema(type), {}, fill);
  return (omitsEmpty && !isStruct(field)) || omitsZero ? undefined : (zeros[type] ?? null);
}

function valueOf({ type }: BuiltInField, given: unknown, fill: Fill): unknown {
  if (type.length > 1) {
    const schema = builtInSchema(type);
    const isList = schema.fields[0]?.isInline === true && schema.fields[0].holds === 'list';
    return isList || !(given === null || isJsonObject(given)) ? given : goForm(schema, given ?? {}, fill);
  }
  if (given === null) return zeros[type] ?? null;
  if (type !== 'q') return given;
  // What is not a quantity is for others to refuse.
  return canonicalQuantity(typeof given === 'string' ? given : exactText(given)) ?? given;
}

function member(field: BuiltInField, given: unknown, fill: Fill): unknown {
  const { type, holds, isPointer, omitsEmpty } = field;
  if (given === undefined) return missing(field, fill);
  if (holds === 'list') {
    if (!Array.isArray(given)) return given;
    // What is empty is stored as nothing.
    if (given.length === 0) return omitsEmpty ? undefined : null;
    return given.map((item: unknown) => valueOf(field, item, fill));
  }
  if (holds === 'map') {
    if (!isJsonObject(given)) return given;
    const map: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(given)) setOwn(map, key, valueOf(field, item, fill));
    return Object.keys(map).length === 0 && omitsEmpty ? undefined : map;
  }
  const value = valueOf(field, given, fill);
  const isEmpty = value === zeros[type] && !isStruct(field);
  return isEmpty && omitsEmpty && !isPointer ? undefined : value;
}

/**
 * An object of a built-in type as Go writes it after it has read it: without what its type does not know, what is null and what is left
 * out where it is empty, with what is always there, and with quantities in their canonical form. Types are not checked: a member of
 * another type stays as it is.
 *
 * @param fill - Is called with each struct, once all within it is there, and may change it.
 */
export function goForm(schema: BuiltInSchema, value: JsonObject, fill: Fill = () => undefined): JsonObject {
  const written: Record<string, unknown> = {};
  if (schema.isKind) {
    for (const name of ['kind', 'apiVersion']) if (typeof value[name] === 'string') written[name] = value[name];
  }
  for (const [name, field] of builtInFields(schema)) {
    const given = Object.hasOwn(value, name) ? (value[name] ?? undefined) : undefined;
    const read = member(field, given, fill);
    if (read !== undefined) written[name] = read;
  }
  fill(schema.name, written);
  return written;
}
