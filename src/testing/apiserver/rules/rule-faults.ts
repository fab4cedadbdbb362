import { isDeepStrictEqual } from 'node:util';
import type { FieldFault } from '../../../serving/failure-status.ts';
import { isJsonObject, type JsonObject } from '../objects/json-object.ts';
import { invalidFault } from '../schema/field-fault.ts';
import { additionalSchema, itemSchema, memberSchema, type StructuralSchema } from '../schema/structural-schema.ts';
import { type Cel, cel, type CompiledRule, compiledRules, type Rule, type RuleScope } from './compiled-rules.ts';
import { celValue, largestPart, ruleRoot } from './cel-value.ts';

/** How many turns the loops of all rules may make for one object. Source of the words: `schema/cel/validation.go`. */
const maxTurns = 5_000_000;

/** What the server calls the place of a fault of the object as a whole. */
const nowhere = '<nil>';

const reasons: ReadonlySet<string> = new Set(['FieldValueForbidden', 'FieldValueRequired', 'FieldValueDuplicate']);

const reasonWords: Readonly<Record<string, string>> = {
  FieldValueForbidden: 'Forbidden',
  FieldValueRequired: 'Required value',
};

function textOf({ message = '', rule }: Rule): string {
  return message.trim() === '' ? rule.trim() : message.trim();
}

function defaultMessage({ message = '', rule }: Rule): string {
  return message.trim() === '' ? `failed rule: ${rule.trim()}` : message.trim();
}

const rulesBelow = new WeakMap<StructuralSchema, boolean>();

/** Whether there are rules in a schema, anywhere. */
export function hasRules(schema: StructuralSchema): boolean {
  const known = rulesBelow.get(schema);
  if (known !== undefined) return known;
  const parts = [itemSchema(schema), additionalSchema(schema), ...Object.values(schema.properties ?? {})];
  const found =
    (schema['x-kubernetes-validations'] ?? []).length > 0 || parts.some((part) => part !== undefined && hasRules(part));
  rulesBelow.set(schema, found);
  return found;
}

/** Holds one object against the rules of its schema. */
class Evaluation {
  readonly #library: Cel;
  #turnsLeft = maxTurns;

  constructor(library: Cel) {
    this.#library = library;
  }

  at(value: unknown, before: unknown, schema: StructuralSchema, path: string, isRoot: boolean): FieldFault[] {
    if (value === null || value === undefined || !hasRules(schema)) return [];
    return [
      ...this.#own(value, before ?? undefined, schema, path, isRoot),
      ...this.#inside(value, before, schema, path),
    ];
  }

  #inside(value: unknown, before: unknown, schema: StructuralSchema, path: string): FieldFault[] {
    if (Array.isArray(value)) {
      const items = itemSchema(schema);
      if (items === undefined) return [];
      return (value as readonly unknown[]).flatMap((item, index) =>
        this.at(item, earlierItem(item, before, schema), items, `${path}[${index}]`, false),
      );
    }
    if (!isJsonObject(value)) return [];
    const earlier = isJsonObject(before) && schema['x-kubernetes-map-type'] !== 'atomic' ? before : {};
    return Object.entries(value).flatMap(([name, member]) => {
      const inner = memberSchema(schema, name);
      const old = Object.hasOwn(earlier, name) ? earlier[name] : undefined;
      return inner === undefined ? [] : this.at(member, old, inner, path === '' ? name : `${path}.${name}`, false);
    });
  }

  #own(value: unknown, before: unknown, schema: StructuralSchema, path: string, isRoot: boolean): FieldFault[] {
    const rules = compiledRules(schema);
    if (rules.length === 0) return [];
    const isSame = before !== undefined && isDeepStrictEqual(value, before);
    const seen = (each: unknown): unknown => {
      const given = isRoot && isJsonObject(each) ? ruleRoot(each) : each;
      return celValue(given, schema, this.#library.duration);
    };
    const scope = { self: seen(value), oldSelf: before === undefined ? undefined : seen(before) };
    return rules.flatMap((each) => {
      const fault = this.#broken(each, scope, { value, schema, path: path === '' ? nowhere : path });
      // What was wrong before, and is the same, is let be.
      return fault === undefined || (isSame && !each.usesOldSelf) ? [] : [fault];
    });
  }

  #broken(
    { rule, evaluate, message, usesOldSelf, loops, isTextual }: CompiledRule,
    scope: RuleScope,
    { value, schema, path }: { readonly value: unknown; readonly schema: StructuralSchema; readonly path: string },
  ): FieldFault | undefined {
    const isOptional = rule.optionalOldSelf === true;
    if (evaluate === undefined || (usesOldSelf && scope.oldSelf === undefined && !isOptional)) return undefined;
    const type = schema.type ?? '';
    const size = (part: unknown): number => largestPart(part, isTextual);
    const depth = isTextual ? loops + 1 : loops;
    const turns = depth === 0 ? 1 : Math.max(1, size(scope.self), size(scope.oldSelf)) ** depth;
    if (turns > this.#turnsLeft) {
      const why = 'validation failed due to running out of cost budget, no further validation rules will be run';
      return invalidFault(path, type, why);
    }
    this.#turnsLeft -= turns;
    const whole = isOptional ? { ...scope, oldSelf: this.#library.optional(scope.oldSelf) } : scope;
    try {
      if (evaluate(whole) === true) return undefined;
    } catch (error) {
      return invalidFault(path, type, `${firstLine(error)} evaluating rule: ${textOf(rule)}`);
    }
    const at = rule.fieldPath === undefined ? path : `${path === nowhere ? '' : path}${rule.fieldPath}`;
    const isWhole = type === 'object' || type === 'array';
    return faultOf(at.replace(/^\./, ''), isWhole ? undefined : value, said(rule, message, whole), rule.reason);
  }
}

function firstLine(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
  return text.replace(/^No such key/, 'no such key');
}

function said(rule: Rule, message: CompiledRule['message'], scope: RuleScope): string {
  try {
    const text = message?.(scope);
    if (typeof text === 'string' && text.trim() !== '') return text;
  } catch {
    // The message of the rule stands in for one that cannot be made.
  }
  return defaultMessage(rule);
}

function faultOf(field: string, value: unknown, why: string, reason = ''): FieldFault {
  const words = reasonWords[reason];
  if (words !== undefined) return { reason, field, message: `${words}: ${why}` } as FieldFault;
  if (value === undefined) {
    return {
      reason: reasons.has(reason) ? reason : 'FieldValueInvalid',
      field,
      message: `Invalid value: ${why}`,
    } as FieldFault;
  }
  return invalidFault(field, value, why);
}

/** The item of a list with keys that an item was before; those of other lists have none. */
function earlierItem(item: unknown, before: unknown, schema: StructuralSchema): unknown {
  if (schema['x-kubernetes-list-type'] !== 'map' || !Array.isArray(before) || !isJsonObject(item)) return undefined;
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  return (before as readonly unknown[]).find(
    (each) => isJsonObject(each) && keys.every((key) => isDeepStrictEqual(each[key], item[key])),
  );
}

/** What the rules of a schema, `x-kubernetes-validations`, do not allow in an object. */
export function ruleFaults(object: JsonObject, before: JsonObject | undefined, schema: StructuralSchema): FieldFault[] {
  if (!hasRules(schema)) return [];
  const library = cel();
  return library === undefined ? [] : new Evaluation(library).at(object, before, schema, '', true);
}

interface PlacedRule {
  readonly path: string;
  readonly rule: CompiledRule;
}

function allRules(schema: StructuralSchema, path: string): PlacedRule[] {
  if (!hasRules(schema)) return [];
  const items = itemSchema(schema);
  const others = additionalSchema(schema);
  return [
    ...compiledRules(schema).map((rule, index) => ({ rule, path: `${path}.x-kubernetes-validations[${index}]` })),
    ...(items === undefined ? [] : allRules(items, `${path}.items`)),
    ...(others === undefined ? [] : allRules(others, `${path}.additionalProperties`)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, each]) => allRules(each, `${path}.properties[${name}]`)),
  ];
}

/** As Go prints the struct. */
function printedRule({ rule, message = '', messageExpression = '', ...rest }: Rule): object {
  const { reason = null, fieldPath = '', optionalOldSelf = null } = rest;
  return {
    Rule: rule,
    Message: message,
    MessageExpression: messageExpression,
    Reason: reason,
    FieldPath: fieldPath,
    OptionalOldSelf: optionalOldSelf,
  };
}

/** Rules of a definition that are not written in CEL. */
export function ruleSyntaxFaults(schema: StructuralSchema, path: string): FieldFault[] {
  return allRules(schema, path).flatMap(({ rule: { rule, syntaxError }, path: at }) =>
    syntaxError === undefined || rule.rule.trim() === ''
      ? []
      : [invalidFault(`${at}.rule`, printedRule(rule), syntaxError)],
  );
}

/** What to warn of where a definition has rules that are not evaluated here. */
export function ruleWarnings(schema: StructuralSchema): string[] {
  return allRules(schema, '').flatMap(({ rule: { rule, notEvaluated } }) =>
    notEvaluated === undefined
      ? []
      : [`the embedded API server does not evaluate the rule ${JSON.stringify(rule.rule)}: ${notEvaluated}`],
  );
}
