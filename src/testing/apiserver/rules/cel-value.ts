import { isJsonObject, type JsonObject, setOwn } from '../objects/json-object.ts';
import { givenMetadata } from '../objects/object-rules.ts';
import { itemSchema, memberSchema, propertySchema, type StructuralSchema } from '../schema/structural-schema.ts';

/** Source: apiserver `schema/cel/model/schemas.go`, celReservedSymbols. */
const reserved: ReadonlySet<string> = new Set(
  (
    'true false null in as break const continue else for function if import let loop package namespace return var void ' +
    'while'
  ).split(' '),
);

const escapes: Readonly<Record<string, string>> = { __: 'underscores', '.': 'dot', '-': 'dash', '/': 'slash' };

/** What a field is called in a rule: `x-y` is `x__dash__y`. Source: apiserver `cel/escaping.go`. */
export function escapedName(name: string): string {
  if (reserved.has(name)) return `__${name}__`;
  return name.replaceAll(/__|[./-]/g, (found) => `__${escapes[found] ?? ''}__`);
}

function numberFor(value: number, schema: StructuralSchema | undefined): bigint | number {
  const isDouble = schema?.type === 'number' || !Number.isInteger(value);
  return isDouble ? value : BigInt(value);
}

/** A text that is of another type in rules, because of its format. */
function textFor(value: string, schema: StructuralSchema | undefined, duration: (text: string) => unknown): unknown {
  switch (schema?.format) {
    case 'date':
    case 'date-time':
    case 'datetime': {
      const time = new Date(value);
      return Number.isNaN(time.getTime()) ? value : time;
    }
    case 'byte':
      return new Uint8Array(Buffer.from(value, 'base64'));
    case 'duration':
      return duration(value);
    default:
      return value;
  }
}

/**
 * A value as rules see it: integers as BigInts, texts of some formats as times, bytes and durations, fields under escaped names.
 *
 * @param duration - Makes a duration of a text.
 */
export function celValue(
  value: unknown,
  schema: StructuralSchema | undefined,
  duration: (text: string) => unknown,
): unknown {
  if (typeof value === 'number') return numberFor(value, schema);
  if (typeof value === 'string') return textFor(value, schema, duration);
  if (Array.isArray(value)) {
    const items = schema && itemSchema(schema);
    return value.map((item) => celValue(item, items, duration));
  }
  if (!isJsonObject(value)) return value;
  const members: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const isField = schema !== undefined && propertySchema(schema, name) !== undefined;
    const inner = schema && memberSchema(schema, name);
    setOwn(members, isField ? escapedName(name) : name, celValue(member, inner, duration));
  }
  return members;
}

/** What rules at the root see of an object: of its metadata, only its name. */
export function ruleRoot(object: JsonObject): JsonObject {
  const { name, generateName } = givenMetadata(object);
  const metadata = { ...(name !== undefined && { name }), ...(generateName !== undefined && { generateName }) };
  return { ...object, metadata };
}

/** The length of the longest list or, if it is asked for, text, and the size of the largest map, in a value. */
export function largestPart(value: unknown, withTexts: boolean): number {
  if (typeof value === 'string') return withTexts ? value.length : 0;
  if (typeof value !== 'object' || value === null) return 0;
  const members: readonly unknown[] = Object.values(value);
  return members.reduce<number>((most, member) => Math.max(most, largestPart(member, withTexts)), members.length);
}
