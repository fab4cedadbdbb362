import { apiVersionOf } from '../../../serving/served-resource.ts';
import { type BuiltInField, builtInKind, builtInSchema } from '../types/built-in-schema.ts';
import { builtInFields } from '../types/built-in-fields.ts';
import { anyValue, type ListKey, type ValueType } from './value-type.ts';

/** The letters of the table of schemas for values that are what they look like. Others may be anything. */
const forms: Readonly<Record<string, ValueType['form']>> = {
  s: 'text',
  i: 'number',
  l: 'number',
  b: 'boolean',
  d: 'number',
  y: 'text',
  q: 'scalar',
  o: 'scalar',
  t: 'scalar',
  m: 'scalar',
};

const scalars = new Map<string, ValueType>(
  Object.entries(forms).map(([letter, form]) => [letter, { ...anyValue, ...(form !== undefined && { form }) }]),
);

function isStruct({ type }: BuiltInField): boolean {
  return type.length > 1;
}

function innerType(field: BuiltInField): ValueType {
  return isStruct(field) ? builtInType(field.type) : (scalars.get(field.type) ?? anyValue);
}

function listKeys(field: BuiltInField): readonly ListKey[] {
  const fields = isStruct(field) ? builtInFields(builtInSchema(field.type)) : new Map<string, BuiltInField>();
  return (field.listKeys ?? []).map((name) => {
    const missing = fields.get(name)?.standard;
    return { name, ...(missing !== undefined && { missing }) };
  });
}

function memberType(field: BuiltInField): ValueType {
  const { holds, listType, mapType, isPointer, omitsZero } = field;
  const inner = innerType(field);
  const atomic = mapType === 'atomic' && { isAtomic: true };
  switch (holds) {
    case 'list': {
      const list = listType === 'set' ? 'set' : listType === 'map' ? listKeys(field) : undefined;
      const item = { ...inner, ...atomic };
      return { form: 'list', ...(list !== undefined && { list }), member: () => anyValue, item: () => item };
    }
    case 'map':
      return { form: 'map', ...atomic, member: () => inner, item: () => anyValue };
    case 'one': {
      const isAlwaysThere = isStruct(field) && !isPointer && !omitsZero;
      return { ...inner, ...atomic, ...(isAlwaysThere && { isAlwaysThere }) };
    }
  }
}

const made = new Map<string, ValueType>();

/** How values of a built-in type belong to managers, and what they have to be: `core.v1.PodSpec`. */
export function builtInType(name: string): ValueType {
  const known = made.get(name);
  if (known !== undefined) return known;
  const schema = builtInSchema(name);
  // A type that is written as a list.
  if (schema.fields.every(({ isInline, holds }) => isInline && holds === 'list')) return anyValue;
  const types = new Map<string, ValueType>();
  const type: ValueType = {
    form: 'map',
    ...(schema.isAtomic && { isAtomic: true }),
    knows: (each) => builtInFields(schema).has(each),
    member: (each) => {
      const existing = types.get(each);
      if (existing !== undefined) return existing;
      const field = builtInFields(schema).get(each);
      const result = field === undefined ? anyValue : memberType(field);
      types.set(each, result);
      return result;
    },
    item: () => anyValue,
  };
  made.set(name, type);
  return type;
}

/** The same of the objects of a kind; of a kind that there is not, anything goes but for its metadata. */
export function builtInObjectType(group: string, version: string, kind: string): ValueType {
  const schema = builtInKind(apiVersionOf({ group, version }), kind);
  const type = schema === undefined ? anyValue : builtInType(schema.name);
  // Nobody owns the metadata as a whole.
  const metadata = builtInType('meta.v1.ObjectMeta');
  return { ...type, member: (name) => (name === 'metadata' ? metadata : type.member(name)) };
}
