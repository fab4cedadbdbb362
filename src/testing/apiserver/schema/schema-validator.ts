import { createRequire } from 'node:module';
import type * as AjvPackage from 'ajv';
import type { Ajv, ValidateFunction } from 'ajv';
import type { FieldFault } from '../../../serving/failure-status.ts';
import { refusal } from '../../../serving/failure-status.ts';
import { withoutBigInts } from '../objects/go-numbers.ts';
import { packageMissing } from '../requests/refusals.ts';
import { goPattern } from './go-pattern.ts';
import { type JsonSchema, jsonSchema } from './json-schema.ts';
import type { StructuralSchema } from './structural-schema.ts';
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
function regExp(pattern: string): RegExp {
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
    // Optimising takes a time that grows with the square of a schema's size: 4 s for 3,000 fields.
    code: { regExp, optimize: false },
    formats: {
      int32: { type: 'number', validate: (value: number) => Math.abs(value) <= 2 ** 31 && value < 2 ** 31 },
      int64: { type: 'number', validate: (value: number) => value >= -(2 ** 63) && value < 2 ** 63 },
      ...textFormats,
    },
  });
  return shared;
}

/**
 * Compiles a schema that was found to be structural, when it is first used: the schema of a large definition takes up to a
 * second.
 *
 * @throws KubeError 501 that says what to install, where the package that compiles is not there.
 */
export function schemaValidator(schema: StructuralSchema): SchemaValidator {
  const ajv = compiler();
  let compiled: { readonly validate: ValidateFunction; readonly schema: JsonSchema } | undefined;
  const compile = (): typeof compiled & {} => {
    const converted = jsonSchema(schema);
    const validate = ajv.compile(converted);
    // It is held here, and should not be held for as long as the process lives.
    ajv.removeSchema(converted);
    return { validate, schema: converted };
  };
  return (value) => {
    const { validate, schema: converted } = (compiled ??= compile());
    const given = withoutBigInts(value);
    return validate(given) ? [] : placedFaults(given, validate.errors ?? [], converted);
  };
}

/** The faults themselves. */
export function faultsOf(placed: readonly PlacedFault[]): FieldFault[] {
  return placed.map(({ fault }) => fault);
}
