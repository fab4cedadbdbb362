import {
  contradict,
  type LabelOperator,
  type LabelRequirement,
  type RequirementCheck,
  requirementCheck,
  requirementText,
} from './label-requirement.ts';
import { labelKeyFault } from './label-syntax.ts';
import { requirementFault } from './requirement-fault.ts';
import { SelectorError } from './selector-error.ts';

/** A parsed label selector. It selects what meets every requirement; without requirements it selects everything. */
export class LabelSelector {
  /** Sorted by key. */
  readonly requirements: readonly LabelRequirement[];
  readonly #checks: readonly RequirementCheck[];

  constructor(requirements: readonly LabelRequirement[]) {
    this.requirements = requirements.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    this.#checks = this.requirements.map(requirementCheck);
  }

  /** True where there is no requirement, so that everything is selected. */
  get empty(): boolean {
    return this.requirements.length === 0;
  }

  /** False where the requirements contradict each other, so that nothing is selected: `a,!a`, `a=b,a=c`. */
  get selectable(): boolean {
    return !contradict(this.requirements);
  }

  /** Whether an object with these labels is selected. */
  matches(labels: Readonly<Record<string, string>> | null | undefined): boolean {
    return this.#checks.every((isMetBy) => isMetBy(labels));
  }

  /** The selector in its normal form, which parses to an equal selector. */
  toString(): string {
    return this.requirements.map(requirementText).join(',');
  }
}

// Only these four are blanks. Any other space is part of a word, which no label has.
const tokens = /==|!=|[=!<>(),]|[^ \t\r\n=!<>(),]+/g;
const identifier = /^[^ \t\r\n=!<>(),]+$/;
const binary = new Set(['in', 'notin', '=', '==', '!=', '>', '<']);

/**
 * Reads kubectl's grammar: `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a`, `!a`, `a>1`, `a<1`, joined by
 * commas. No quotes; blanks between words do not matter; a value may be empty.
 *
 * ```ts
 * const isWeb = parseLabelSelector('app=web,tier!=cache');
 * console.log(isWeb.matches({ app: 'web' })); // true
 * ```
 *
 * @throws SelectorError with the server's text.
 */
export function parseLabelSelector(text: string): LabelSelector {
  const given: unknown = text;
  if (typeof given !== 'string') throw new SelectorError(String(given), 'a label selector is a text');
  // An empty word stands for the end, since no token is empty.
  const words = [...(text.match(tokens) ?? []), ''];
  let position = 0;
  const peek = (): string => words[position] ?? '';
  const take = (): string => words[position++] ?? '';
  const fail = (message: string): never => {
    throw new SelectorError(text, message);
  };
  const unparsable = (message: string): never => fail(`unable to parse requirement: ${message}`);

  function valueSet(): string[] {
    const open = take();
    if (open !== '(') unparsable(`found '${open}' expected: '('`);
    if (!/^[,)]$/.test(peek()) && !identifier.test(peek())) {
      unparsable(`found '${peek()}', expected: ',', ')' or identifier`);
    }
    const values: string[] = [];
    for (let expectsValue = true; ;) {
      const word = take();
      if (identifier.test(word)) {
        if (!expectsValue) unparsable(`found '${word}', expected: ',' or ')'`);
        values.push(word);
        expectsValue = false;
      } else if (word === ',') {
        if (expectsValue) values.push('');
        expectsValue = true;
      } else if (word === ')') {
        if (expectsValue) values.push('');
        return values;
      } else {
        unparsable(`found '${word}', expected: ${expectsValue ? "',', or identifier" : "',' or ')'"}`);
      }
    }
  }

  function exactValue(): string[] {
    if (peek() === '' || peek() === ',') return [''];
    const word = take();
    return identifier.test(word) ? [word] : unparsable(`found '${word}', expected: identifier`);
  }

  function requirement(): LabelRequirement {
    const negated = peek() === '!';
    if (negated) take();
    const key = take();
    if (!identifier.test(key)) unparsable(`found '${key}', expected: identifier`);
    const keyFault = labelKeyFault(key);
    if (keyFault !== undefined) unparsable(`<nil>: Invalid value: ${JSON.stringify(key)}: ${keyFault}`);
    if (negated) return { key, operator: '!', values: [] };
    if (peek() === '' || peek() === ',') return { key, operator: 'exists', values: [] };
    const operator = take();
    if (!binary.has(operator)) unparsable(`found '${operator}', expected: in, notin, =, ==, !=, gt, lt`);
    const values = operator === 'in' || operator === 'notin' ? valueSet() : exactValue();
    return { key, operator: operator as LabelOperator, values: [...new Set(values)].sort() };
  }

  const requirements: LabelRequirement[] = [];
  while (peek() !== '') {
    if (peek() !== '!' && !identifier.test(peek()))
      fail(`found '${peek()}', expected: !, identifier, or 'end of string'`);
    const next = requirement();
    const fault = requirementFault(next);
    if (fault !== undefined) unparsable(fault);
    requirements.push(next);
    const separator = take();
    if (separator === '') break;
    if (separator !== ',') fail(`found '${separator}', expected: ',' or 'end of string'`);
    if (peek() !== '!' && !identifier.test(peek())) fail(`found '${peek()}', expected: identifier after ','`);
  }
  return new LabelSelector(requirements);
}
