import { schemaTable } from './schema-table.ts';

/** A field of a built-in type. */
export interface BuiltInField {
  /** Empty where {@link isInline}. */
  readonly name: string;
  /** In protobuf. */
  readonly number: number;
  /** A letter of the table, of what has no fields that are known; else the name of a type: `core.v1.PodSpec`. */
  readonly type: string;
  readonly holds: 'one' | 'list' | 'map';
  /** What is not there is told apart from what is zero. */
  readonly isPointer: boolean;
  /** Left out of JSON where it is empty; a struct never is. */
  readonly omitsEmpty: boolean;
  readonly omitsZero: boolean;
  /** The fields of its type are written in its place; of a list, its items are. */
  readonly isInline: boolean;
  readonly isRequired: boolean;
  /** Who shares a list. */
  readonly listType?: 'set' | 'atomic' | 'map';
  readonly listKeys?: readonly string[];
  readonly mapType?: 'atomic' | 'granular';
  /** How a strategic merge patch changes it: `merge`, `retainKeys`, `replace`, or several with commas. */
  readonly strategy?: string;
  readonly mergeKey?: string;
  /** What stands for a missing one. */
  readonly standard?: unknown;
}

/** A built-in type. */
export interface BuiltInSchema {
  /** `core.v1.PodSpec`. */
  readonly name: string;
  readonly isAtomic: boolean;
  /** Its objects are of a kind. */
  readonly isKind: boolean;
  /** In the order of their numbers. */
  readonly fields: readonly BuiltInField[];
}

const token =
  /^(?<name>[^*?~^!%[{:]*)(?<marks>[*?~^!]*)(?:%(?<mapType>[ag]))?(?<holds>\[(?<list>[^\]]*)\]|\{\})?:(?<type>[^@<=]+)(?:@(?<number>\d+))?(?:<(?<strategy>[^:>]+)(?::(?<mergeKey>[^>]+))?>)?(?:=(?<standard>.+))?$/;

const listTypes: Readonly<Record<string, 'set' | 'atomic' | 'map'>> = { s: 'set', a: 'atomic', m: 'map' };

function parsedField(text: string, owner: string, previous: number): BuiltInField {
  const groups = token.exec(text)?.groups as Partial<Record<string, string>> | undefined;
  if (groups === undefined) throw new Error(`the table of schemas has a field of no form: ${text}`);
  const { name = '', marks = '', mapType, holds, list = '', type = '', number, strategy, mergeKey, standard } = groups;
  const listType = listTypes[list.charAt(0)];
  return {
    name,
    number: number === undefined ? previous + 1 : Number(number),
    type: type.startsWith('.') ? owner.slice(0, owner.lastIndexOf('.')) + type : type,
    holds: holds === undefined ? 'one' : holds === '{}' ? 'map' : 'list',
    isPointer: marks.includes('*'),
    omitsEmpty: marks.includes('?'),
    omitsZero: marks.includes('~'),
    isInline: marks.includes('^'),
    isRequired: marks.includes('!'),
    ...(listType !== undefined && { listType }),
    ...(listType === 'map' && { listKeys: list.slice(1).split(',') }),
    ...(mapType !== undefined && { mapType: mapType === 'a' ? 'atomic' : 'granular' }),
    ...(strategy !== undefined && { strategy }),
    ...(mergeKey !== undefined && { mergeKey }),
    ...(standard !== undefined && { standard: JSON.parse(standard) as unknown }),
  };
}

function parsedType(line: string): BuiltInSchema {
  const [head = '', ...tokens] = line.split(' ');
  const name = head.replace('%', '');
  const fields: BuiltInField[] = [];
  for (const each of tokens) {
    if (!each.startsWith('=')) fields.push(parsedField(each, name, fields.at(-1)?.number ?? 0));
  }
  return { name, isAtomic: head.endsWith('%'), isKind: tokens[0]?.startsWith('=') === true, fields };
}

interface Lines {
  readonly byName: ReadonlyMap<string, string>;
  readonly byKind: ReadonlyMap<string, string>;
}

let read: Lines | undefined;

/** Reads the names of all types, and what they are at first use: no server that has no use of them pays for them. */
function lines(): Lines {
  if (read !== undefined) return read;
  const byName = new Map<string, string>();
  const byKind = new Map<string, string>();
  for (const line of schemaTable.trim().split('\n')) {
    const [head = '', kind = ''] = line.split(' ', 2);
    const name = head.replace('%', '');
    byName.set(name, line);
    if (kind.startsWith('=')) byKind.set(kind.slice(1), name);
  }
  return (read = { byName, byKind });
}

const parsed = new Map<string, BuiltInSchema>();

/** The names of all built-in types. */
export function builtInNames(): Iterable<string> {
  return lines().byName.keys();
}

/** A built-in type by its name, `core.v1.PodSpec`. Throws where there is none, which a field never says. */
export function builtInSchema(name: string): BuiltInSchema {
  const known = parsed.get(name);
  if (known !== undefined) return known;
  const line = lines().byName.get(name);
  if (line === undefined) throw new Error(`no built-in type is called ${name}`);
  const schema = parsedType(line);
  parsed.set(name, schema);
  return schema;
}

/** The type of a built-in kind, `apps/v1` and `Deployment`; `undefined` of any other. */
export function builtInKind(apiVersion: string, kind: string): BuiltInSchema | undefined {
  const name = lines().byKind.get(`${apiVersion}/${kind}`);
  return name === undefined ? undefined : builtInSchema(name);
}

/** The names of all built-in kinds: `apps/v1/Deployment`. */
export function builtInKinds(): Iterable<string> {
  return lines().byKind.keys();
}
