import type { LabelOperator, LabelRequirement } from './label-requirement.ts';
import { LabelSelector } from './label-selector.ts';
import { labelKeyFault, labelValueFault } from './label-syntax.ts';
import { SelectorError } from './selector-error.ts';

/** A label selector as objects of the API have it: the `spec.selector` of a Deployment. */
export interface LabelSelectorTerms {
  readonly matchLabels?: Readonly<Record<string, string>> | undefined;
  readonly matchExpressions?:
    | readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] | undefined }[]
    | undefined;
}

const operators: Readonly<Record<string, LabelOperator>> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: '!',
};

/**
 * The selector that an object of the API holds, parsed. `undefined` selects nothing, one without terms everything:
 * client-go's LabelSelectorAsSelector.
 *
 * @throws SelectorError for an operator, a key or a value that the server would refuse.
 */
export function labelSelectorOf(terms: LabelSelectorTerms | null | undefined): LabelSelector {
  if (!terms) return nothing;
  const refuse = (message: string): never => {
    throw new SelectorError(JSON.stringify(terms), message);
  };
  const checked = (requirement: LabelRequirement): LabelRequirement => {
    const { key, operator, values } = requirement;
    if (operator !== '=' && (operator === 'in' || operator === 'notin') !== values.length > 0) {
      refuse(`${key}: In and NotIn need values, Exists and DoesNotExist have none`);
    }
    const fault = labelKeyFault(key) ?? values.map(labelValueFault).find((each) => each !== undefined);
    if (fault !== undefined) refuse(`${key}: ${fault}`);
    return requirement;
  };
  const labels = Object.entries(terms.matchLabels ?? {}).map(([key, value]) =>
    checked({ key, operator: '=', values: [value] }),
  );
  const expressions = (terms.matchExpressions ?? []).map(({ key, operator, values = [] }) => {
    const known = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
    return checked({
      key,
      operator: known ?? refuse(`"${operator}" is not a valid label selector operator`),
      values: [...new Set(values)].sort(),
    });
  });
  return new LabelSelector([...labels, ...expressions]);
}

// A contradiction and not a flag, so that its text selects nothing either, whoever it is sent to.
const nothing: LabelSelector = new LabelSelector([
  { key: 'nothing', operator: 'exists', values: [] },
  { key: 'nothing', operator: '!', values: [] },
]);
