import { parseInt64 } from '../parse-int64.ts';

/** How a requirement relates a label's key to its values. `exists` and `!` take none. */
export type LabelOperator = '=' | '==' | '!=' | 'in' | 'notin' | '>' | '<' | 'exists' | '!';

/** One condition of a label selector. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: LabelOperator;
  /** Sorted, without repeats. */
  readonly values: readonly string[];
}

/** Decides whether labels meet a requirement. */
export type RequirementCheck = (labels: Labels | null | undefined) => boolean;

type Labels = Readonly<Record<string, string>>;

/** From 8 values on, a Set is quicker than going through them. */
const fewestToIndex = 8;

/** The check for a requirement. `!=`, `notin` and `!` are also met by labels that lack the key. */
export function requirementCheck(requirement: LabelRequirement): RequirementCheck {
  const { key } = requirement;
  const isMetBy = valueCheck(requirement);
  return (labels) => isMetBy(labels && Object.hasOwn(labels, key) ? labels[key] : undefined);
}

function valueCheck({ operator, values }: LabelRequirement): (label: string | undefined) => boolean {
  const index = values.length < fewestToIndex ? undefined : new Set(values);
  const has = (label: string): boolean => (index === undefined ? values.includes(label) : index.has(label));
  switch (operator) {
    case '=':
    case '==':
    case 'in':
      return (label) => label !== undefined && has(label);
    case '!=':
    case 'notin':
      return (label) => label === undefined || !has(label);
    case '>':
    case '<': {
      const bound = parseInt64(values[0] ?? '');
      if (bound === undefined) return () => false;
      return (label) => {
        const value = label === undefined ? undefined : parseInt64(label);
        return value !== undefined && (operator === '>' ? value > bound : value < bound);
      };
    }
    case 'exists':
      return (label) => label !== undefined;
    case '!':
      return (label) => label === undefined;
  }
}

/** Whether no labels can meet all of these requirements. It does not check whether a number fits between `>` and `<`. */
export function contradict(requirements: readonly LabelRequirement[]): boolean {
  return [...Map.groupBy(requirements, ({ key }) => key).values()].some((ofKey) => {
    const [equal, others] = [ofKey.filter(isEquality), merged(ofKey.filter((each) => !isEquality(each)))];
    const checks = others.map(valueCheck);
    const canBe = (label: string | undefined): boolean => checks.every((isMetBy) => isMetBy(label));
    const [first] = equal;
    if (first !== undefined) return !commonValues(equal).some(canBe);
    return others.some(({ operator }) => operator === '!') && !canBe(undefined);
  });
}

function isEquality({ operator }: LabelRequirement): boolean {
  return operator === '=' || operator === '==' || operator === 'in';
}

/** The values that all of these requirements have. */
function commonValues(requirements: readonly LabelRequirement[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { values } of requirements)
    for (const value of new Set(values)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].filter(([, count]) => count === requirements.length).map(([value]) => value);
}

/** Requirements of one key, merged to at most one of each kind, so that a value is checked once for each kind. */
function merged(requirements: readonly LabelRequirement[]): readonly LabelRequirement[] {
  const byKind = Map.groupBy(requirements, ({ operator }) => (operator === '!=' ? 'notin' : operator));
  return [...byKind].flatMap(([operator, ofKind]) => {
    const [first] = ofKind;
    if (first === undefined) return [];
    switch (operator) {
      case 'notin':
        return [{ ...first, operator, values: [...new Set(ofKind.flatMap(({ values }) => values))] }];
      case '>':
      case '<':
        return [ofKind.reduce((bound, each) => (isTighter(each, bound) ? each : bound))];
      default:
        return [first];
    }
  });
}

/** Whether the first bound excludes more than the second. An invalid number excludes everything. */
function isTighter(a: LabelRequirement, b: LabelRequirement): boolean {
  const [x, y] = [parseInt64(a.values[0] ?? ''), parseInt64(b.values[0] ?? '')];
  if (x === undefined || y === undefined) return x === undefined;
  return a.operator === '>' ? x > y : x < y;
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
