import type { LabelRequirement } from './label-requirement.ts';
import { labelKeyFault, labelValueFault } from './label-syntax.ts';
import { parseInt64 } from '../parse-int64.ts';

const counts = {
  set: "for 'in', 'notin' operators, values set can't be empty",
  single: 'exact-match compatibility requires one single value',
  none: 'values set must be empty for exists and does not exist',
  bound: "for 'Gt', 'Lt' operators, exactly one value is required",
};

/**
 * What is wrong with a requirement, in the server's words; `undefined` for a valid one. Source:
 * apimachinery pkg/labels, NewRequirement.
 */
export function requirementFault(requirement: LabelRequirement): string | undefined {
  const { key, values } = requirement;
  const faults = new Set<string>();
  const keyFault = labelKeyFault(key);
  if (keyFault !== undefined) faults.add(invalid('key', key, keyFault));
  const countFault = countFaultOf(requirement);
  if (countFault !== undefined) faults.add(invalid('values', values, countFault));
  const isBound = requirement.operator === '>' || requirement.operator === '<';
  for (const [index, value] of values.entries()) {
    if (isBound && parseInt64(value) === undefined) {
      faults.add(invalid(`values[${index}]`, value, "for 'Gt', 'Lt' operators, the value must be an integer"));
    }
  }
  for (const [index, value] of values.entries()) {
    const valueFault = labelValueFault(value);
    if (valueFault !== undefined) faults.add(invalid(`values[${index}][${key}]`, value, valueFault));
  }
  if (faults.size === 0) return undefined;
  return faults.size === 1 ? [...faults].join() : `[${[...faults].join(', ')}]`;
}

function countFaultOf({ operator, values }: LabelRequirement): string | undefined {
  switch (operator) {
    case 'in':
    case 'notin':
      return values.length === 0 ? counts.set : undefined;
    case 'exists':
    case '!':
      return values.length === 0 ? undefined : counts.none;
    case '>':
    case '<':
      return values.length === 1 ? undefined : counts.bound;
    default:
      return values.length === 1 ? undefined : counts.single;
  }
}

/** A fault at a path. Lists are written as Go writes JSON: an empty one as `null`, and the special characters of HTML escaped. */
function invalid(path: string, value: string | readonly string[], why: string): string {
  const text =
    typeof value === 'string'
      ? JSON.stringify(value)
      : JSON.stringify(value.length === 0 ? null : value).replaceAll(
          /[<>&\u2028\u2029]/g,
          (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );
  return `${path}: Invalid value: ${text}: ${why}`;
}
