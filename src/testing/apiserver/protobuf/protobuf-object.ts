import { maxDepth } from '../objects/json-depth.ts';
import { type JsonObject, setOwn } from '../objects/json-object.ts';
import { type BuiltInField, type BuiltInSchema, builtInSchema } from '../types/built-in-schema.ts';
import { ProtobufFault } from './protobuf-fault.ts';
import { packed, type ValueReader, valueReaders } from './protobuf-values.ts';
import { WireFields, type WireValue } from './wire-fields.ts';

/** How many structs a body may be read as: an empty one has two bytes, and what is always there within it has none. */
const maxStructs = 200_000;

const nothing = new Uint8Array();

/** What is written of each field, in the order of it. */
type Written = ReadonlyMap<number, readonly WireValue[]>;

const nothingWritten: Written = new Map();

const propsName = 'apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps';
const schemaField: Omit<BuiltInField, 'name' | 'number' | 'type'> = {
  holds: 'one',
  isPointer: true,
  omitsEmpty: true,
  omitsZero: false,
  isInline: false,
  isRequired: false,
};

/** What is one of two things, by the letters of the table of schemas: their fields, and how they become one. */
const choices: Readonly<Record<string, { schema: BuiltInSchema; read: (choice: JsonObject) => unknown }>> = {
  1: choice(
    [
      { ...schemaField, name: 'schema', number: 1, type: propsName },
      { ...schemaField, name: 'list', number: 2, type: propsName, holds: 'list' },
    ],
    ({ schema, list }) => list ?? schema ?? null,
  ),
  2: choice(
    [
      { ...schemaField, name: 'allows', number: 1, type: 'b', isPointer: false },
      { ...schemaField, name: 'schema', number: 2, type: propsName },
    ],
    ({ schema, allows }) => schema ?? allows === true,
  ),
  3: choice(
    [
      { ...schemaField, name: 'schema', number: 1, type: propsName },
      { ...schemaField, name: 'list', number: 2, type: 's', holds: 'list' },
    ],
    ({ schema, list }) => list ?? schema ?? null,
  ),
};

function choice(
  fields: readonly BuiltInField[],
  read: (choice: JsonObject) => unknown,
): { schema: BuiltInSchema; read: (choice: JsonObject) => unknown } {
  return { schema: { name: 'choice', isAtomic: false, isKind: false, fields }, read };
}

/** Reads messages as Go does, and writes them as Go writes them as JSON. */
class ObjectReader {
  #structs = 0;

  /** The struct that these bytes are; of a type whose items are written in its place, the list of them. */
  struct(schema: BuiltInSchema, bytes: Uint8Array, depth: number): unknown {
    const object: Record<string, unknown> = {};
    this.#fill(object, schema, bytes, depth);
    const [only] = schema.fields;
    return only?.isInline === true && only.holds === 'list' ? (object[only.name] ?? null) : object;
  }

  #fill(object: Record<string, unknown>, schema: BuiltInSchema, bytes: Uint8Array, depth: number): void {
    this.#structs += 1;
    if (depth > maxDepth) throw new ProtobufFault(`it exceeds the depth of ${maxDepth}`);
    if (this.#structs > maxStructs) throw new ProtobufFault(`it has more than ${maxStructs} structs`);
    const written = bytes.length === 0 ? nothingWritten : read(schema, bytes);
    for (const field of schema.fields) {
      const values = written.get(field.number);
      if (field.isInline && field.holds === 'one') {
        this.#fill(object, builtInSchema(field.type), joined(values ?? []), depth + 1);
        continue;
      }
      const value = this.#value(field, values, depth);
      if (value !== undefined) object[field.name] = value;
    }
  }

  /** `undefined` where it is left out. */
  #value(field: BuiltInField, values: readonly WireValue[] | undefined, depth: number): unknown {
    const { holds, isPointer, omitsEmpty, omitsZero } = field;
    if (holds === 'list') return values === undefined ? empty(field) : this.#list(field, values, depth);
    if (holds === 'map') return values === undefined ? empty(field) : this.#map(field, values, depth);
    if (values === undefined && isPointer) return empty(field);
    const reader = valueReaders.get(field.type);
    if (reader === undefined) return this.#message(field.type, joined(values ?? []), depth + 1);
    if (values === undefined) return (omitsEmpty && !isStruct(field.type)) || omitsZero ? undefined : reader.zero;
    const value = reader.read(isStruct(field.type) ? joined(values) : (values.at(-1) ?? nothing));
    if (isPointer) return value;
    if (omitsZero && value === reader.zero) return undefined;
    const isEmpty = value === reader.zero || value === '';
    return omitsEmpty && isEmpty && !isStruct(field.type) ? undefined : value;
  }

  #list(field: BuiltInField, values: readonly WireValue[], depth: number): unknown {
    const reader = valueReaders.get(field.type);
    return values.map((value) => this.#item(field, reader, value, depth + 1));
  }

  #map(field: BuiltInField, values: readonly WireValue[], depth: number): unknown {
    const reader = valueReaders.get(field.type);
    const map: Record<string, unknown> = {};
    for (const entry of values) {
      const fields = new WireFields(entry as Uint8Array);
      let key = '';
      let value: WireValue | undefined;
      while (!fields.atEnd) {
        const each = fields.next();
        if (fields.number > 2 || each === undefined) continue;
        const wanted = fields.number === 1 ? 2 : (reader?.wireType ?? 2);
        if (fields.type !== wanted) throw new ProtobufFault(`wrong wireType = ${fields.type} for a map`);
        if (fields.number === 2) value = each;
        else key = valueReaders.get('s')?.read(each) as string;
      }
      const read = value === undefined && reader !== undefined ? reader.zero : undefined;
      setOwn(map, key, read ?? this.#item(field, reader, value ?? nothing, depth + 1));
    }
    return map;
  }

  #item({ type }: BuiltInField, reader: ValueReader | undefined, value: WireValue, depth: number): unknown {
    return reader === undefined ? this.#message(type, value as Uint8Array, depth) : reader.read(value);
  }

  #message(type: string, bytes: Uint8Array, depth: number): unknown {
    const either = choices[type];
    if (either !== undefined) return either.read(this.struct(either.schema, bytes, depth) as JsonObject);
    return this.struct(builtInSchema(type), bytes, depth);
  }
}

/** Structs of Go that are values of JSON: they are never empty. */
function isStruct(type: string): boolean {
  return 'qotmrj'.includes(type);
}

function empty({ omitsEmpty }: BuiltInField): unknown {
  return omitsEmpty ? undefined : null;
}

/** A message that is written in parts is read as one. */
function joined(values: readonly WireValue[]): Uint8Array {
  const [first = nothing, ...others] = values as readonly Uint8Array[];
  return others.length === 0 ? first : Buffer.concat([first, ...others]);
}

function read({ fields: known }: BuiltInSchema, bytes: Uint8Array): Written {
  const written = new Map<number, WireValue[]>();
  const fields = new WireFields(bytes);
  while (!fields.atEnd) {
    const value = fields.next();
    const { number, type } = fields;
    const field = known.find((each) => each.number === number);
    if (value === undefined || field === undefined) continue;
    const wanted = field.holds === 'map' ? 2 : (valueReaders.get(field.type)?.wireType ?? 2);
    const isPacked = field.holds === 'list' && wanted === 0 && type === 2;
    if (type !== wanted && !isPacked) throw new ProtobufFault(`wrong wireType = ${type} for field ${field.name}`);
    const values = written.get(number) ?? [];
    if (values.length === 0) written.set(number, values);
    if (isPacked) for (const each of packed(value as Uint8Array)) values.push(each);
    else values.push(value);
  }
  return written;
}

/**
 * An object of a built-in type from its protobuf, as Go reads it and writes it as JSON: what is not there is left out, or is
 * null, zero or `{}`, as the type has it. Fields that the type does not have are passed over.
 *
 * @throws ProtobufFault for bytes that are no such object, are nested too deep, or are more structs than a body may have.
 */
export function protobufObject(schema: BuiltInSchema, bytes: Uint8Array): JsonObject {
  return new ObjectReader().struct(schema, bytes, 1) as JsonObject;
}
