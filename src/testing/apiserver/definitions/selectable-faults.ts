import type { FieldFault } from '../../../serving/failure-status.ts';
import { duplicateFault, invalidFault, requiredFault, tooManyFault } from '../schema/field-fault.ts';
import { propertySchema, type StructuralSchema } from '../schema/structural-schema.ts';
import { pathSteps } from './definition.ts';

/** How many fields a version may be selected by. Source: apiextensions-apiserver `validation.go`, MaxSelectableFields. */
const most = 8;

const selectableTypes = ['string', 'boolean', 'integer'];

/** What is wrong with the fields that objects of a version can be selected by. */
export function selectableFaults(
  fields: readonly { readonly jsonPath?: string }[],
  schema: StructuralSchema,
  at: string,
): FieldFault[] {
  const seen = new Set<string>();
  const faults = fields.flatMap(({ jsonPath = '' }, index) => {
    const field = `${at}[${index}].jsonPath`;
    if (jsonPath === '') return [requiredFault(field)];
    const steps = pathSteps(jsonPath);
    const found = steps.reduce<StructuralSchema | undefined>(
      (each, step) => each && propertySchema(each, step),
      schema,
    );
    if (!jsonPath.startsWith('.') || found === undefined) {
      return [invalidFault(field, jsonPath, 'is an invalid path: does not refer to a valid field')];
    }
    const type =
      'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.';
    const isTwice = seen.has(jsonPath);
    seen.add(jsonPath);
    return [
      ...(steps[0] === 'metadata' ? [invalidFault(field, jsonPath, 'must not point to fields in metadata')] : []),
      ...(selectableTypes.includes(found.type ?? '') ? [] : [invalidFault(field, jsonPath, type)]),
      ...(isTwice ? [duplicateFault(field, jsonPath)] : []),
    ];
  });
  return seen.size > most ? [...faults, tooManyFault(at, seen.size, most)] : faults;
}
