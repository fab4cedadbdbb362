/** How a requirement relates a label's key to its values. `exists` and `!` take none. */
export type LabelOperator = '=' | '==' | '!=' | 'in' | 'notin' | '>' | '<' | 'exists' | '!';

/** One condition of a label selector. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: LabelOperator;
  /** Sorted, without repeats. */
  readonly values: readonly string[];
}

const integer = /^[+-]?[0-9]+$/;

/** A decimal that fits into 64 bits, as the server takes one. */
export function parseInt64(text: string): bigint | undefined {
  const value = integer.test(text) ? BigInt(text) : undefined;
  return value !== undefined && value === BigInt.asIntN(64, value) ? value : undefined;
}

function compares({ operator, values: [bound = ''] }: LabelRequirement, label: string): boolean {
  const [of, to] = [parseInt64(label), parseInt64(bound)];
  return of !== undefined && to !== undefined && (operator === '>' ? of > to : of < to);
}

/** Whether the labels meet a requirement. `!=`, `notin` and `!` are also met by labels that lack the key. */
export function meetsRequirement(
  requirement: LabelRequirement,
  labels: Readonly<Record<string, string>> | null | undefined,
): boolean {
  const { key, operator, values } = requirement;
  const label = labels && Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case '=':
    case '==':
    case 'in':
      return label !== undefined && values.includes(label);
    case '!=':
    case 'notin':
      return label === undefined || !values.includes(label);
    case '>':
    case '<':
      return label !== undefined && compares(requirement, label);
    case 'exists':
      return label !== undefined;
    case '!':
      return label === undefined;
  }
}

/** Whether no labels can meet all of these requirements. What `>` and `<` leave between them is not looked at. */
export function contradict(requirements: readonly LabelRequirement[]): boolean {
  return [...Map.groupBy(requirements, ({ key }) => key)].some(([key, ofKey]) => {
    const isMetBy = (labels: Readonly<Record<string, string>>): boolean =>
      ofKey.every((requirement) => meetsRequirement(requirement, labels));
    const equal = ofKey.find(({ operator }) => operator === '=' || operator === '==' || operator === 'in');
    if (equal !== undefined) return !equal.values.some((value) => isMetBy({ [key]: value }));
    const isAbsent = ofKey.some(({ operator }) => operator === '!');
    return isAbsent && !isMetBy({});
  });
}

/** A requirement in the grammar it was read from: `a=b`, `a in (b,c)`, `!a`. */
export function requirementText({ key, operator, values }: LabelRequirement): string {
  switch (operator) {
    case 'exists':
      return key;
    case '!':
      return `!${key}`;
    case 'in':
    case 'notin':
      return `${key} ${operator} (${values.join(',')})`;
    default:
      return `${key}${operator}${values.join(',')}`;
  }
}
