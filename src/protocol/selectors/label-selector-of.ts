import type { LabelOperator, LabelRequirement } from './label-requirement.ts';
import { LabelSelector } from './label-selector.ts';
import { requirementFault } from './requirement-fault.ts';
import { SelectorError } from './selector-error.ts';

/** A label selector as API objects have it, such as the `spec.selector` of a Deployment. */
export interface LabelSelectorTerms {
  readonly matchLabels?: Readonly<Record<string, string>> | undefined;
  readonly matchExpressions?:
    | readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] | undefined }[]
    | undefined;
}

const operators: ReadonlyMap<string, LabelOperator> = new Map([
  ['In', 'in'],
  ['NotIn', 'notin'],
  ['Exists', 'exists'],
  ['DoesNotExist', '!'],
]);

/**
 * Parses the selector that an API object holds. `undefined` selects nothing, a selector without terms selects everything.
 * client-go's LabelSelectorAsSelector.
 *
 * ```ts
 * const selector = labelSelectorOf({ matchLabels: { app: 'web' } });
 * console.log(selector.matches({ app: 'web' })); // true
 * ```
 *
 * @throws SelectorError for an operator, a key or a value that the server would refuse, in the server's words; and for a value
 * that does not have the shape of a selector.
 */
export function labelSelectorOf(terms: LabelSelectorTerms | null | undefined): LabelSelector {
  if (terms === null || terms === undefined) return nothing;
  const refuse = (message: string): never => {
    throw new SelectorError(textOf(terms), message);
  };
  const checked = (key: string, operator: LabelOperator, given: unknown): LabelRequirement => {
    const isTexts = Array.isArray(given) && given.every((value): value is string => typeof value === 'string');
    const values = isTexts ? given : refuse(`the values of ${key} are not strings`);
    const fault = requirementFault({ key, operator, values });
    if (fault !== undefined) refuse(fault);
    return { key, operator, values: [...new Set(values)].sort() };
  };
  if (!isFields(terms)) refuse('it is not an object');
  const { matchLabels, matchExpressions } = terms as Fields;
  const byLabel = matchLabels ?? {};
  const byExpression = matchExpressions ?? [];
  const labels = isFields(byLabel) ? Object.entries(byLabel) : refuse('matchLabels is not an object');
  const expressions = Array.isArray(byExpression)
    ? (byExpression as readonly unknown[])
    : refuse('matchExpressions is not an array');
  return new LabelSelector([
    ...labels.map(([key, value]) => checked(key, '=', [value])),
    ...expressions.map((expression) => {
      const { key, operator, values } = isFields(expression) ? expression : refuse('an expression is not an object');
      if (typeof key !== 'string') return refuse('an expression has no key');
      const known = operators.get(String(operator));
      return checked(
        key,
        known ?? refuse(`"${String(operator)}" is not a valid label selector operator`),
        values ?? [],
      );
    }),
  ]);
}

type Fields = Readonly<Record<string, unknown>>;

function textOf(terms: LabelSelectorTerms): string {
  try {
    return JSON.stringify(terms);
  } catch {
    return 'what cannot be written as JSON';
  }
}

/** An API object may hold anything in this place; a text there must not select everything. */
function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// A contradiction and not a flag, so that its text selects nothing on a server either.
const nothing: LabelSelector = new LabelSelector([
  { key: 'nothing', operator: 'exists', values: [] },
  { key: 'nothing', operator: '!', values: [] },
]);
