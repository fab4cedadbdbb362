import { DecodeFault } from '../objects/decoded-object.ts';
import { isJsonObject, type JsonObject, setOwn } from '../objects/json-object.ts';
import { builtInFields } from './built-in-fields.ts';
import { type BuiltInField, type BuiltInSchema, builtInSchema } from './built-in-schema.ts';

/** An object as its Go type reads it. */
export interface BuiltInReading {
  /** Without the fields that its type does not know, and without nulls; the same object where nothing differs. */
  readonly content: JsonObject;
  /** The fields that its type does not know: `spec.containers[0].imag`. */
  readonly unknown: readonly string[];
}

/** Where a value is: in the words of Go's decoder, and with the numbers of items. */
interface Place {
  /** `PodSpec.spec.containers`. */
  readonly where: string;
  /** `spec.containers[0]`. */
  readonly at: string;
}

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
  f: 'v1.FieldsV1',
  r: 'runtime.RawExtension',
};

/** What stands for a null in a list or a map. */
const zeros: Readonly<Record<string, unknown>> = { s: '', y: '', i: 0, l: 0, d: 0, b: false };

const typeMembers: ReadonlySet<string> = new Set(['apiVersion', 'kind']);
const schemaProps = 'apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps';
const quantity = /^[+-]?[0-9.]+[eEinumkKMGTP]*[-+]?[0-9]*$/;
const quantityWords = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function goName({ type, holds }: BuiltInField): string {
  const name = goNames[type] ?? type.split('.').slice(-2).join('.');
  return holds === 'one' ? name : `${holds === 'list' ? '[]' : 'map[string]'}${name}`;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'bigint') return 'number';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function mismatch(value: unknown, where: string, type: string): never {
  throw new DecodeFault(`json: cannot unmarshal ${kindOf(value)} into Go struct field ${where} of type ${type}`);
}

function isInteger(value: unknown, bits: 32 | 64): boolean {
  if (typeof value === 'bigint') return bits === 64;
  return Number.isInteger(value) && (bits === 64 || Math.abs(value as number) <= 2 ** 31 - 1);
}

function checkInteger(value: unknown, bits: 32 | 64, where: string): void {
  if (isInteger(value, bits)) return;
  const what = typeof value === 'number' ? `number ${value}` : kindOf(value);
  throw new DecodeFault(`json: cannot unmarshal ${what} into Go struct field ${where} of type int${bits}`);
}

function checkTime(value: unknown, where: string, { type }: BuiltInField): void {
  if (typeof value !== 'string') mismatch(value, where, goNames[type] ?? '');
  if (time.test(value)) return;
  const layout = `2006-01-02T15:04:05${type === 'm' ? '.000000' : ''}Z07:00`;
  throw new DecodeFault(`parsing time ${JSON.stringify(value)} as "${layout}": cannot parse ${JSON.stringify(value)}`);
}

/** A value of one letter of the table of schemas. */
function checkScalar(value: unknown, field: BuiltInField, where: string): void {
  const { type } = field;
  switch (type) {
    case 's':
    case 'y':
      if (typeof value !== 'string') mismatch(value, where, goNames[type] ?? '');
      return;
    case 'i':
      checkInteger(value, 32, where);
      return;
    case 'l':
      checkInteger(value, 64, where);
      return;
    case 'b':
      if (typeof value !== 'boolean') mismatch(value, where, 'bool');
      return;
    case 'd':
      if (typeof value !== 'number' && typeof value !== 'bigint') mismatch(value, where, 'float64');
      return;
    case 'q':
      if (typeof value !== 'number' && !(typeof value === 'string' && quantity.test(value))) {
        throw new DecodeFault(quantityWords);
      }
      return;
    case 'o':
      if (typeof value !== 'string' && !isInteger(value, 32)) {
        throw new DecodeFault(`json: cannot unmarshal ${kindOf(value)} into Go value of type int32`);
      }
      return;
    case 't':
    case 'm':
      checkTime(value, where, field);
      return;
    case 'f':
      if (!isJsonObject(value)) mismatch(value, where, goNames[type] ?? '');
      return;
    default:
  }
}

/** The one field of a type that is written as a list, as the values of a user's `extra` are. */
function listOf({ fields }: BuiltInSchema): BuiltInField | undefined {
  const [only, ...others] = fields;
  return others.length === 0 && only?.isInline === true && only.holds === 'list' ? only : undefined;
}

/** Reads one object. */
class Reader {
  readonly unknown: string[] = [];
  readonly #isSorted: boolean;

  constructor(isSorted: boolean) {
    this.#isSorted = isSorted;
  }

  struct(value: JsonObject, schema: BuiltInSchema, { where, at }: Place, known?: ReadonlySet<string>): JsonObject {
    const fields = builtInFields(schema);
    const struct = schema.name.slice(schema.name.lastIndexOf('.') + 1);
    const names = Object.keys(value);
    let read: Record<string, unknown> | undefined;
    for (const name of this.#isSorted ? names.sort() : names) {
      if (known?.has(name) === true) continue;
      const field = fields.get(name);
      const given = value[name];
      const path = at === '' ? name : `${at}.${name}`;
      const place = { where: where === '' ? name : `${where}.${name}`, at: path };
      if (field === undefined) this.unknown.push(path);
      const result = field === undefined || given === null ? undefined : this.#field(given, field, struct, place);
      if (result === given) continue;
      read ??= { ...value };
      // A field that is known has no name of a prototype.
      if (result === undefined) Reflect.deleteProperty(read, name);
      else read[name] = result;
    }
    return read ?? value;
  }

  #field(value: unknown, field: BuiltInField, struct: string, place: Place): unknown {
    const { holds } = field;
    const where = `${struct}.${place.where}`;
    if (holds === 'one') return this.#one(value, field, where, place);
    const item = { ...field, holds: 'one' } as const;
    const inner = (each: unknown, at: string): unknown => {
      if (each === null) return zeros[field.type] ?? {};
      return this.#one(each, item, where, { where: place.where, at });
    };
    if (holds === 'list') {
      if (!Array.isArray(value)) return mismatch(value, where, goName(field));
      const read = value.map((each: unknown, index) => inner(each, `${place.at}[${index}]`));
      return read.every((each, index) => each === value[index]) ? value : read;
    }
    if (!isJsonObject(value)) return mismatch(value, where, goName(field));
    const read: Record<string, unknown> = {};
    let isSame = true;
    for (const [name, each] of Object.entries(value)) {
      const result = inner(each, `${place.at}.${name}`);
      setOwn(read, name, result);
      isSame &&= result === each;
    }
    return isSame ? value : read;
  }

  #one(value: unknown, field: BuiltInField, where: string, place: Place): unknown {
    const { type } = field;
    if (type.length > 1) return this.#typed(value, builtInSchema(type), where, place);
    // One of two: a schema, or a list of them, a boolean, or texts.
    if (type === '1' && Array.isArray(value)) {
      return this.#field(value, { ...field, type: schemaProps, holds: 'list' }, 'JSONSchemaProps', place);
    }
    if (['1', '2', '3'].includes(type) && isJsonObject(value)) {
      return this.#typed(value, builtInSchema(schemaProps), where, place);
    }
    checkScalar(value, field, where);
    return value;
  }

  #typed(value: unknown, schema: BuiltInSchema, where: string, place: Place): unknown {
    const list = listOf(schema);
    if (list !== undefined) return this.#field(value, list, where.slice(0, -place.where.length - 1), place);
    if (isJsonObject(value)) return this.struct(value, schema, place);
    return mismatch(value, where, schema.name.split('.').slice(-2).join('.'));
  }
}

/**
 * Reads an object as its Go type does.
 *
 * @param isSorted - Unknown fields are told in the order of their names, as where a patch made the object. Default: in the order
 *   in which they were sent.
 * @throws DecodeFault for a member of another type.
 */
export function readBuiltIn(object: JsonObject, schema: BuiltInSchema, isSorted = false): BuiltInReading {
  const reader = new Reader(isSorted);
  const content = reader.struct(object, schema, { where: '', at: '' }, typeMembers);
  return { content, unknown: reader.unknown };
}
