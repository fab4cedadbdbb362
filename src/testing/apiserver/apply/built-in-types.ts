import { builtInTypesTable } from './built-in-types-table.ts';
import { anyValue, type ListKey, type ValueType } from './value-type.ts';

/** A member as the table has it. */
interface Member {
  /** It is, or its items are. */
  readonly isAtomic: boolean;
  readonly isAlwaysThere: boolean;
  readonly list?: 'set' | readonly ListKey[];
  /** Its values are those of a map. */
  readonly isMap: boolean;
  /** The type of it, of its items, or of its values. */
  readonly type?: string;
}

type Members = ReadonlyMap<string, Member>;

function listKey(text: string): ListKey {
  const [name = '', missing] = text.split('=');
  return { name, ...(missing !== undefined && { missing }) };
}

function parsedMember(token: string): readonly [string, Member] {
  const [, name = '', keys, marks = '', type] = /^([^[+!*:]+)(?:\[([^\]]*)\])?([+!*]*)(?::(.*))?$/.exec(token) ?? [];
  const list = keys === '' ? 'set' : keys?.split(',').map(listKey);
  return [
    name,
    {
      isAtomic: marks.includes('!'),
      isAlwaysThere: marks.includes('+'),
      isMap: marks.includes('*'),
      ...(list !== undefined && { list }),
      ...(type !== undefined && { type }),
    },
  ];
}

function parsedLine(line: string): readonly [string, Members] {
  const [name = '', ...tokens] = line.split(' ');
  return [name, new Map(tokens.map(parsedMember))];
}

let parsed: ReadonlyMap<string, Members> | undefined;

function table(): ReadonlyMap<string, Members> {
  return (parsed ??= new Map(builtInTypesTable.trim().split('\n').map(parsedLine)));
}

function memberType({ isAtomic, isAlwaysThere, isMap, list, type }: Member): ValueType {
  const inner = type === undefined ? anyValue : builtInType(type);
  const atomic = isAtomic && { isAtomic };
  const marks = { ...atomic, ...(isAlwaysThere && { isAlwaysThere }) };
  if (list !== undefined) return { list, member: () => anyValue, item: () => ({ ...inner, ...atomic }) };
  return isMap ? { ...marks, member: () => inner, item: () => anyValue } : { ...inner, ...marks };
}

const made = new Map<string, ValueType>();

/** How values of a built-in type belong to managers: `core.v1.PodSpec`. What the table lacks has nothing special. */
export function builtInType(name: string): ValueType {
  const known = made.get(name);
  if (known !== undefined) return known;
  const members = table().get(name);
  const types = new Map<string, ValueType>();
  const type: ValueType = {
    member: (each) => {
      const existing = types.get(each);
      if (existing !== undefined) return existing;
      const member = members?.get(each);
      const result = member === undefined ? anyValue : memberType(member);
      types.set(each, result);
      return result;
    },
    item: () => anyValue,
  };
  made.set(name, type);
  return type;
}

/** The same of the objects of a kind, whose metadata are those of any object. */
export function builtInObjectType(group: string, version: string, kind: string): ValueType {
  const type = builtInType(`${group === '' ? 'core' : group}.${version}.${kind}`);
  const metadata = builtInType('meta.ObjectMeta');
  return { ...type, member: (name) => (name === 'metadata' ? metadata : type.member(name)) };
}
