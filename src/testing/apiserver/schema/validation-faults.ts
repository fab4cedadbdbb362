import type { ErrorObject } from 'ajv';
import type { FieldFault } from '../../../serving/failure-status.ts';
import { isJsonObject } from '../objects/json-object.ts';
import { invalidFault, requiredFault, tooLongFault, tooManyFault, typeFault, unsupportedFault } from './field-fault.ts';
import type { JsonSchema } from './json-schema.ts';

/** A fault, and the steps that lead to the value that was looked at. */
export interface PlacedFault {
  readonly fault: FieldFault;
  readonly steps: readonly string[];
}

/** What the server calls the place of a fault that it gives no field. */
const nowhere = '<nil>';

function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** `spec.list[0].name`, of a value that is found at `base`. */
function fieldPath(root: unknown, steps: readonly string[], base: string): string {
  let value = root;
  let path = base;
  for (const step of steps) {
    path += Array.isArray(value) ? `[${step}]` : path === '' ? step : `.${step}`;
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[step];
  }
  return path;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function typeFaults(path: string, value: unknown, expected: unknown): FieldFault[] {
  const type = typeOf(value);
  const names = [expected].flat().filter((name) => name !== 'null');
  const wrong = typeFault(path, type, `${path} in body must be of type ${names.join(',')}: ${JSON.stringify(type)}`);
  const isFraction = type === 'number' && names.length === 1 && names[0] === 'integer';
  const why = `Checked value must be of type integer (default format) in ${path}`;
  return isFraction ? [wrong, invalidFault(nowhere, '', why)] : [wrong];
}

function formatFaults(path: string, value: unknown, { format }: JsonSchema): FieldFault[] {
  const name = format === 'datetime' ? 'date-time' : String(format);
  if (typeof value !== 'number') {
    return [typeFault(path, value, `${path} in body must be of type ${name}: ${JSON.stringify(value)}`)];
  }
  const why = `Checked value must be of type integer with format ${name} in ${path}`;
  const checked = invalidFault(nowhere, '', why);
  if (name === 'int32') return [checked];
  return [typeFault(path, 'float64', `${path} in body must be of type int64: "float64"`), checked];
}

function enumNames(values: readonly unknown[]): string[] {
  return values.map((each) => (typeof each === 'string' ? each : JSON.stringify(each)));
}

const comparisons: Readonly<Record<string, string>> = {
  '>=': 'greater than or equal to',
  '<=': 'less than or equal to',
  '>': 'greater than',
  '<': 'less than',
};

/** The words of kube-openapi `validation/errors/schema.go`, as apiextensions-apiserver `validation.go` reports them. */
function faultsFrom({ keyword, params, data, parentSchema = {} }: ErrorObject, path: string): FieldFault[] {
  const { limit, comparison } = params as { readonly limit?: number; readonly comparison?: string };
  const most = limit ?? 0;
  const body = `${path} in body should`;
  const length = Array.isArray(data) ? data.length : isJsonObject(data) ? Object.keys(data).length : 0;
  const invalid = (why: string, value: unknown = data): FieldFault[] => [invalidFault(path, value, `${body} ${why}`)];
  switch (keyword) {
    case 'type':
      return typeFaults(path, data, parentSchema['type']);
    case 'required': {
      const { missingProperty } = params as { readonly missingProperty: string };
      return [requiredFault(path === '' ? missingProperty : `${path}.${missingProperty}`)];
    }
    case 'enum':
      return [unsupportedFault(path, data, enumNames((params as { allowedValues: unknown[] }).allowedValues))];
    case 'format':
      return formatFaults(path, data, parentSchema);
    case 'pattern':
      return invalid(`match '${(params as { pattern: string }).pattern}'`);
    case 'minLength':
      return invalid(`be at least ${most} chars long`);
    case 'maxLength':
      return [tooLongFault(path, most)];
    case 'multipleOf':
      return invalid(`be a multiple of ${(params as { multipleOf: number }).multipleOf}`);
    case 'minItems':
      return invalid(`have at least ${most} items`, length);
    case 'minProperties':
      return invalid(`have at least ${most} properties`, length);
    case 'maxItems':
    case 'maxProperties':
      return [tooManyFault(path, length, most)];
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum': {
      return invalid(`be ${comparisons[comparison ?? ''] ?? ''} ${most}`);
    }
    case 'anyOf':
      return [invalidFault(nowhere, '', `"${path}" must validate at least one schema (anyOf)`)];
    case 'oneOf': {
      const passing = (params as { passingSchemas: readonly number[] | null }).passingSchemas;
      const found = passing === null ? 'Found none valid' : `Found ${passing.length} valid alternatives`;
      return [invalidFault(nowhere, '', `"${path}" must validate one and only one schema (oneOf). ${found}`)];
    }
    case 'not':
      return [invalidFault(nowhere, '', `"${path}" must not validate the schema (not)`)];
    default:
      return [];
  }
}

const junctor = /^(.*)\/(anyOf|oneOf)\/(\d+)\//;

/** Of alternatives that all fail, only the one that has the fewest faults is told, after the failure itself. */
function ordered(errors: readonly ErrorObject[]): ErrorObject[] {
  const result: ErrorObject[] = [];
  for (const error of errors) {
    if (error.keyword !== 'anyOf' && error.keyword !== 'oneOf') {
      result.push(error);
      continue;
    }
    const inside = (each: ErrorObject): boolean =>
      each.schemaPath.startsWith(`${error.schemaPath}/`) && each.instancePath.startsWith(error.instancePath);
    const start = result.findIndex(inside);
    const below = start < 0 ? [] : result.splice(start).filter(inside);
    const passing = (error.params as { readonly passingSchemas?: readonly number[] | null }).passingSchemas ?? null;
    const alternatives = new Map<string, ErrorObject[]>();
    for (const each of below) {
      const number = each.schemaPath.slice(error.schemaPath.length + 1).split('/')[0] ?? '';
      alternatives.set(number, [...(alternatives.get(number) ?? []), each]);
    }
    const best = [...alternatives.values()].sort((a, b) => a.length - b.length)[0] ?? [];
    result.push(error, ...(passing === null ? best : []));
  }
  return result;
}

function schemaAt(root: JsonSchema, pointer: string): unknown {
  return stepsOf(decodeURIComponent(pointer)).reduce<unknown>(
    (schema, step) => (schema as Readonly<Record<string, unknown>> | undefined)?.[step],
    root,
  );
}

/** For each list of schemas that all have to hold, and do not, one fault more. */
function allOfFaults(root: unknown, errors: readonly ErrorObject[], schema: JsonSchema, base: string): PlacedFault[] {
  const failed = new Map<string, { readonly steps: readonly string[]; readonly numbers: Set<string> }>();
  for (const { schemaPath, instancePath } of errors) {
    const [, before, number] = /^#(.*?\/allOf)\/(\d+)\//.exec(schemaPath) ?? [];
    if (before === undefined || number === undefined || junctor.test(`#${before}/`)) continue;
    // The members that the schema went down to lead away from where it stands.
    const down = (schemaPath.slice(before.length + 1).match(/\/(properties|items|additionalProperties)/g) ?? []).length;
    const steps = stepsOf(instancePath);
    const at = steps.slice(0, Math.max(0, steps.length - down));
    const key = `${before} ${at.join('/')}`;
    const known = failed.get(key) ?? { steps: at, numbers: new Set<string>() };
    known.numbers.add(number);
    failed.set(key, known);
  }
  return [...failed].map(([key, { steps, numbers }]) => {
    const all = schemaAt(schema, key.split(' ')[0] ?? '');
    const isNone = Array.isArray(all) && all.length === numbers.size;
    const words = `"${fieldPath(root, steps, base)}" must validate all the schemas (allOf)${isNone ? '. None validated' : ''}`;
    return { fault: invalidFault(nowhere, '', words), steps };
  });
}

/**
 * What the validator found, as the server says it. Of values that are in no alternative, the faults of the nearest one are told.
 *
 * @param schema - The schema that the value was held against.
 * @param base - The path of the value; the steps of the faults begin at it.
 */
export function placedFaults(
  root: unknown,
  errors: readonly ErrorObject[],
  schema: JsonSchema,
  base = '',
): PlacedFault[] {
  const told = ordered(errors);
  const faults = told.flatMap((error) => {
    const steps = stepsOf(error.instancePath);
    return faultsFrom(error, fieldPath(root, steps, base)).map((fault) => ({ fault, steps }));
  });
  return [...faults, ...allOfFaults(root, told, schema, base)];
}
