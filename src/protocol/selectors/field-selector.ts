import { SelectorError } from './selector-error.ts';

/** One condition of a field selector: the field has the value, or with `!=` another one. */
export interface FieldTerm {
  /** A dotted path, such as `metadata.name` or `status.phase`. The server decides which paths it knows. */
  readonly field: string;
  readonly operator: '=' | '!=';
  readonly value: string;
}

/** A parsed field selector. It selects the objects that meet every term; without terms it selects everything. */
export class FieldSelector {
  readonly terms: readonly FieldTerm[];

  constructor(terms: readonly FieldTerm[]) {
    this.terms = terms;
  }

  get empty(): boolean {
    return this.terms.length === 0;
  }

  /** Whether an object is selected. `read` gives the value of a field, and an empty string where the object lacks it. */
  matches(read: (field: string) => string): boolean {
    return this.terms.every(({ field, operator, value }) => (read(field) === value) === (operator === '='));
  }

  /** The selector in its normal form, which parses to an equal selector. */
  toString(): string {
    return this.terms
      .map(({ field, operator, value }) => `${field}${operator}${value.replaceAll(/[\\,=]/g, '\\$&')}`)
      .join(',');
  }
}

const termPattern = /^(.*?)(!=|==|=)(.*)$/s;
// A comma behind a backslash is data.
const splitPattern = /(?:\\.|[^\\,])+\\?|\\$/gs;

function unescaped(text: string, value: string): string {
  return value.replaceAll(/\\(.?)|[,=]/gs, (found: string, escaped: string | undefined) => {
    if (escaped === undefined) {
      throw new SelectorError(text, `invalid field selector: unescaped character in value: ${found.charCodeAt(0)}`);
    }
    if (escaped !== '\\' && escaped !== ',' && escaped !== '=') {
      throw new SelectorError(text, `invalid field selector: invalid escape sequence: ${found}`);
    }
    return escaped;
  });
}

/**
 * Reads `field=value`, `field==value` and `field!=value`, joined by commas; `\\`, `\,` and `\=` escape. A term without a field
 * and a value selects everything. The terms are sorted, as the server sorts them.
 *
 * ```ts
 * const onWorker = parseFieldSelector('spec.nodeName=worker-1');
 * console.log(onWorker.matches(() => 'worker-1')); // true
 * ```
 *
 * @throws SelectorError with the server's text, and for a value that is not a text.
 */
export function parseFieldSelector(text: string): FieldSelector {
  const given: unknown = text;
  if (typeof given !== 'string') throw new SelectorError(String(given), 'a field selector is a text');
  // Sorted as texts. The order decides which of several invalid terms is named, and how the selector is printed.
  const terms = (text.match(splitPattern) ?? []).toSorted().map((part): FieldTerm => {
    const [, field, operator, value] = termPattern.exec(part) ?? [];
    if (field === undefined || operator === undefined || value === undefined) {
      throw new SelectorError(text, `invalid selector: '${text}'; can't understand '${part}'`);
    }
    return { field, operator: operator === '!=' ? '!=' : '=', value: unescaped(text, value) };
  });
  return new FieldSelector(terms.filter(({ field, value }) => field !== '' || value !== ''));
}
