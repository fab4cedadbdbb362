import { createRequire } from 'node:module';
import type * as AjvPackage from 'ajv';
import type { Ajv, ValidateFunction } from 'ajv';
import type { FieldFault } from '../../../serving/failure-status.ts';
import { refusal } from '../../../serving/failure-status.ts';
import { withoutBigInts } from '../objects/go-numbers.ts';
import { packageMissing } from '../requests/refusals.ts';
import { isJsonObject, type JsonObject } from '../objects/json-object.ts';
import { goPattern, type GoPattern } from './go-pattern.ts';
import { type JsonSchema, ownJsonSchema } from './json-schema.ts';
import { additionalSchema, itemSchema, propertySchema, type StructuralSchema } from './structural-schema.ts';
import { type PlacedFault, placedFaults } from './validation-faults.ts';
import { textFormats } from './value-formats.ts';

/** Says what a value has that its schema does not allow. */
export type SchemaValidator = (value: unknown) => readonly PlacedFault[];

const definitions = 'apiextensions.k8s.io/v1/customresourcedefinitions';

/** How the package is loaded: at once, so that a server in virtual time needs no promise. */
type Load = (name: string) => unknown;

const load: Load = createRequire(import.meta.url);

/**
 * The validator of schemas, which is loaded when the first definition is made.
 *
 * @throws KubeError 501 that says what to install, where it is not there.
 */
export function ajvPackage(loading: Load = load): typeof AjvPackage {
  try {
    return loading('ajv') as typeof AjvPackage;
  } catch (error) {
    throw refusal(definitions, packageMissing('the schemas of custom resources', 'ajv', error));
  }
}

/** A pattern for the validator, which asks for one by its text and flags. */
function regExp(pattern: string): GoPattern {
  return goPattern(pattern);
}
regExp.code = 'undefined';

let shared: Ajv | undefined;

/** One for all schemas: to make one takes longer than most schemas do. */
function compiler(): Ajv {
  if (shared !== undefined) return shared;
  const { Ajv } = ajvPackage();
  shared = new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    validateSchema: false,
    ownProperties: true,
    logger: false,
    code: { regExp, optimize: false },
    formats: {
      int32: { type: 'number', validate: (value: number) => Math.abs(value) <= 2 ** 31 && value < 2 ** 31 },
      int64: { type: 'number', validate: (value: number) => value >= -(2 ** 63) && value < 2 ** 63 },
      ...textFormats,
    },
  });
  return shared;
}

/** What a value itself is held against. */
interface Compiled {
  readonly validate: ValidateFunction;
  readonly schema: JsonSchema;
}

/** How many compiled schemas are kept beside those in use: definitions have few that differ. */
const keptSchemas = 1000;

const compiledByNode = new WeakMap<StructuralSchema, Compiled>();
const compiledByText = new Map<string, Compiled>();

/** Compiles what a schema asks of a value itself, once for all schemas that ask for the same. */
function compiledOf(node: StructuralSchema): Compiled {
  const known = compiledByNode.get(node);
  if (known !== undefined) return known;
  const schema = ownJsonSchema(node);
  const text = JSON.stringify(schema);
  const compiled = compiledByText.get(text) ?? compile(schema);
  compiledByNode.set(node, compiled);
  compiledByText.set(text, compiled);
  const [oldest] = compiledByText.keys();
  if (compiledByText.size > keptSchemas && oldest !== undefined) compiledByText.delete(oldest);
  return compiled;
}

function compile(schema: JsonSchema): Compiled {
  const ajv = compiler();
  const validate = ajv.compile(schema);
  // It is held here, and should not be held for as long as the process lives.
  ajv.removeSchema(schema);
  return { validate, schema };
}

const junctor = /^#\/(not|anyOf|oneOf|allOf|if|then)(\/|$)/;

/** What is wrong with a value, at the path `base`: with itself, then with what is in it, then by the logic of its schema. */
function faultsAt(value: unknown, node: StructuralSchema, base: string): PlacedFault[] {
  const { validate, schema } = compiledOf(node);
  const errors = validate(value) ? [] : (validate.errors ?? []);
  const told = (which: typeof errors): PlacedFault[] =>
    which.length === 0 ? [] : placedFaults(value, which, schema, base);
  return [
    ...told(errors.filter(({ schemaPath }) => !junctor.test(schemaPath))),
    ...(Array.isArray(value)
      ? itemFaults(value, node, base)
      : isJsonObject(value)
        ? memberFaults(value, node, base)
        : []),
    ...told(errors.filter(({ schemaPath }) => junctor.test(schemaPath))),
  ];
}

function below(step: string, faults: readonly PlacedFault[]): PlacedFault[] {
  return faults.map(({ fault, steps }) => ({ fault, steps: [step, ...steps] }));
}

function itemFaults(list: readonly unknown[], node: StructuralSchema, base: string): PlacedFault[] {
  const items = itemSchema(node);
  if (items === undefined) return [];
  return list.flatMap((item, index) => below(String(index), faultsAt(item, items, `${base}[${index}]`)));
}

function memberFaults(object: JsonObject, node: StructuralSchema, base: string): PlacedFault[] {
  const others = additionalSchema(node);
  const faultsOfMember = (name: string, schema: StructuralSchema): PlacedFault[] =>
    below(name, faultsAt(object[name], schema, base === '' ? name : `${base}.${name}`));
  const additional = others === undefined ? [] : Object.keys(object);
  return [
    ...additional.flatMap((name) =>
      others === undefined || propertySchema(node, name) !== undefined ? [] : faultsOfMember(name, others),
    ),
    ...Object.entries(node.properties ?? {}).flatMap(([name, schema]) =>
      Object.hasOwn(object, name) ? faultsOfMember(name, schema) : [],
    ),
  ];
}

/**
 * Holds values against a schema that was found to be structural. Of the schema, what a value has is compiled when it is first
 * looked at, so that a schema of thousands of fields takes no longer than the objects that come.
 *
 * @throws KubeError 501 that says what to install, where the package that compiles is not there.
 */
export function schemaValidator(schema: StructuralSchema): SchemaValidator {
  compiler();
  return (value) => faultsAt(withoutBigInts(value), schema, '');
}

/** The faults themselves. */
export function faultsOf(placed: readonly PlacedFault[]): FieldFault[] {
  return placed.map(({ fault }) => fault);
}
