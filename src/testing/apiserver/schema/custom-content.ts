import { isDeepStrictEqual } from 'node:util';
import type { FieldFault } from '../../../serving/failure-status.ts';
import type { JsonObject } from '../objects/json-object.ts';
import { defaultedObject } from './defaulted-object.ts';
import { embeddedFaults } from './embedded-faults.ts';
import { withEmbeddedMetadata } from './embedded-metadata.ts';
import { listFaults } from './list-faults.ts';
import { hasRules, ruleFaults } from '../rules/rule-faults.ts';
import { invalidFault } from './field-fault.ts';
import { prunedObject } from './pruned-object.ts';
import { schemaValidator, type SchemaValidator } from './schema-validator.ts';
import { propertySchema, type StructuralSchema } from './structural-schema.ts';
import type { PlacedFault } from './validation-faults.ts';

function valueAt(object: unknown, steps: readonly string[]): unknown {
  return steps.reduce((value, step) => (value as Readonly<Record<string, unknown>> | undefined)?.[step], object);
}

/** Faults that keep rules from being looked at. Source: apiextensions-apiserver `customresource/strategy.go`, hasBlockingErr. */
const blocking: ReadonlySet<string> = new Set([
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
]);
const notChecked =
  'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';

/** What is wrong with a value, where it is not as it was. */
function changedFaults(validate: SchemaValidator, value: unknown, before: unknown): FieldFault[] {
  const isChanged = ({ steps }: PlacedFault): boolean =>
    before === undefined || steps.length === 0 || !isDeepStrictEqual(valueAt(value, steps), valueAt(before, steps));
  return validate(value)
    .filter(isChanged)
    .map(({ fault }) => fault);
}

/**
 * How objects of a custom resource are read and checked by their schema: without the fields that it does not know, with its
 * defaults, of the values that it allows, by its rules.
 */
export class CustomContent {
  readonly #schema: StructuralSchema;
  readonly #validate: SchemaValidator;
  /** Of the status alone, made when it is first written. */
  #validateStatus: SchemaValidator | undefined;

  /** @throws KubeError 501 where the package that checks schemas is not installed. */
  constructor(schema: StructuralSchema) {
    this.#schema = schema;
    this.#validate = schemaValidator(schema);
  }

  /** The fields of an object that the schema does not know, in the order of their names. */
  unknown(object: JsonObject): readonly string[] {
    const fields: string[] = [];
    prunedObject(object, this.#schema, (field) => fields.push(field));
    return fields.sort();
  }

  /** An object without the fields that the schema does not know. The same object where it knows them all. */
  known(object: JsonObject): JsonObject {
    return prunedObject(object, this.#schema);
  }

  /**
   * An object as it is stored and served. The same object where nothing differs.
   *
   * @param isApplied - It was applied: its nulls are kept.
   * @throws DecodeFault for an embedded object whose kind, apiVersion or metadata are of another type.
   */
  read(object: JsonObject, isApplied = false): JsonObject {
    const known = withEmbeddedMetadata(prunedObject(object, this.#schema), this.#schema) as JsonObject;
    return defaultedObject(known, this.#schema, isApplied);
  }

  /** What is wrong with an object that was read. Of a change, what was wrong before and has not changed is let be. */
  faults(
    object: JsonObject,
    { current, ofStatus }: { readonly current?: object; readonly ofStatus: boolean },
  ): readonly FieldFault[] {
    const before = current as JsonObject | undefined;
    const repeated = listFaults(object, this.#schema);
    const isNew = before === undefined || repeated.length === 0 || listFaults(before, this.#schema).length === 0;
    const faults = [
      ...(ofStatus
        ? this.#statusFaults(object['status'], before?.['status'])
        : changedFaults(this.#validate, object, before)),
      ...(ofStatus ? [] : embeddedFaults(object, this.#schema)),
      ...(isNew ? repeated : []),
    ];
    return [...faults, ...this.#ruleFaults(object, before, faults)];
  }

  /** Rules are not looked at where what they look at is wrong. */
  #ruleFaults(object: JsonObject, before: JsonObject | undefined, others: readonly FieldFault[]): FieldFault[] {
    const isBlocked = others.some(({ reason }) => blocking.has(reason));
    if (!isBlocked) return ruleFaults(object, before, this.#schema);
    return hasRules(this.#schema) ? [invalidFault('<nil>', null, notChecked)] : [];
  }

  #statusFaults(status: unknown, before: unknown): FieldFault[] {
    const schema = propertySchema(this.#schema, 'status');
    if (schema === undefined || status === undefined) return [];
    this.#validateStatus ??= schemaValidator(schema);
    return changedFaults(this.#validateStatus, status, before).map((fault) => {
      const { field } = fault;
      return field === '<nil>' ? fault : { ...fault, field: field === '' ? 'status' : `status.${field}` };
    });
  }
}
