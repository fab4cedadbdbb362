import type { Environment, Optional } from '@marcbachmann/cel-js';
import { isJsonObject } from '../objects/json-object.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';
import { celPackage, celPackageName } from './cel-package.ts';
import { goMatches, registerKubernetesFunctions } from './kubernetes-functions.ts';

/** A rule of a schema, as a definition has it. */
export interface Rule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly reason?: string;
  readonly fieldPath?: string;
  readonly optionalOldSelf?: boolean;
}

/** What a rule sees. */
export interface RuleScope {
  readonly self: unknown;
  readonly oldSelf: unknown;
}

/** A rule that can be evaluated, or why it cannot. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly usesOldSelf: boolean;
  /** How deep its loops are in one another. */
  readonly loops: number;
  /** It makes lists of texts, or texts of lists. */
  readonly isTextual: boolean;
  /** Throws what CEL does not allow. Absent where the rule cannot be evaluated. */
  readonly evaluate?: (scope: RuleScope) => unknown;
  readonly message?: (scope: RuleScope) => unknown;
  /** The rule is not written in CEL. */
  readonly syntaxError?: string;
  /** It may be right, and is not evaluated all the same. */
  readonly notEvaluated?: string;
}

/** What rules are compiled and values made with. */
export interface Cel {
  readonly environment: Environment;
  readonly duration: (text: string) => unknown;
  readonly optional: (value: unknown) => unknown;
}

let shared: Cel | undefined;

/** `undefined` where the package is not installed. */
export function cel(): Cel | undefined {
  if (shared !== undefined) return shared;
  const library = celPackage();
  if (library === undefined) return undefined;
  const options = { enableOptionalTypes: true, homogeneousAggregateLiterals: false };
  const environment = registerKubernetesFunctions(
    new library.Environment(options).registerVariable('self', 'dyn').registerVariable('oldSelf', 'dyn'),
  );
  const duration = (text: string): unknown => {
    try {
      return library.evaluate(`duration(${JSON.stringify(text)})`) as unknown;
    } catch {
      return text;
    }
  };
  const { Optional: optionals } = library as unknown as { readonly Optional: typeof Optional };
  const optional = (value: unknown): unknown => (value === undefined ? optionals.none() : optionals.of(value));
  return (shared = { environment, duration, optional });
}

const textualNames: ReadonlySet<string> = new Set(['split', 'join', 'findAll']);
const loopNames: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

interface Node {
  readonly op: string;
  readonly args: unknown;
}

function isNode(value: unknown): value is Node {
  return isJsonObject(value) && typeof value['op'] === 'string';
}

function childrenOf(value: unknown): readonly Node[] {
  if (isNode(value)) return [value];
  return Array.isArray(value) ? value.flatMap(childrenOf) : [];
}

function nodesOf(node: Node): readonly Node[] {
  return [node, ...childrenOf(node.args).flatMap(nodesOf)];
}

function isCallOf(args: unknown, names: ReadonlySet<string>): boolean {
  const [name] = Array.isArray(args) ? (args as unknown[]) : [];
  return typeof name === 'string' && names.has(name);
}

function loopsOf(node: Node): number {
  const own = node.op === 'rcall' && isCallOf(node.args, loopNames) ? 1 : 0;
  return own + Math.max(0, ...childrenOf(node.args).map(loopsOf));
}

/** The rule with Go's `matches` in place of that of the language here, which takes JavaScript's patterns. */
function withGoPatterns(text: string, root: Node): string {
  const ends = nodesOf(root).flatMap(({ op, args }) => {
    const [name, target] = Array.isArray(args) ? (args as unknown[]) : [];
    const { end } = (target ?? {}) as { readonly end?: number };
    return op === 'rcall' && name === 'matches' && end !== undefined ? [end] : [];
  });
  return ends
    .sort((a, b) => b - a)
    .reduce((all, end) => all.slice(0, end) + all.slice(end).replace('matches', goMatches), text);
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

function compiled(rule: Rule): CompiledRule {
  const none = { rule, usesOldSelf: false, loops: 0, isTextual: false };
  const library = cel();
  if (library === undefined) {
    const how = `npm install ${celPackageName}`;
    return { ...none, notEvaluated: `the package ${celPackageName} is not installed: ${how}` };
  }
  const { environment } = library;
  let root: Node;
  try {
    root = environment.parse(rule.rule).ast;
  } catch (error) {
    return { ...none, syntaxError: `compilation failed: ${firstLine(error)}` };
  }
  const text = withGoPatterns(rule.rule, root);
  const checked = environment.check(text);
  if (!checked.valid) return { ...none, notEvaluated: firstLine(checked.error) };
  if (checked.type !== 'bool' && checked.type !== 'dyn')
    return { ...none, syntaxError: 'cel expression must evaluate to a bool' };
  const run = environment.parse(text);
  const { messageExpression = '' } = rule;
  return {
    rule,
    usesOldSelf: nodesOf(root).some(({ op, args }) => op === 'id' && args === 'oldSelf'),
    loops: loopsOf(root),
    isTextual: nodesOf(root).some(({ op, args }) => op === 'rcall' && isCallOf(args, textualNames)),
    evaluate: (scope) => run({ ...scope }) as unknown,
    ...(messageExpression.trim() !== '' && {
      message: (scope: RuleScope) => environment.evaluate(messageExpression, { ...scope }) as unknown,
    }),
  };
}

const known = new WeakMap<StructuralSchema, readonly CompiledRule[]>();

/** The rules of a schema itself, compiled when they are first asked for. */
export function compiledRules(schema: StructuralSchema): readonly CompiledRule[] {
  const rules = schema['x-kubernetes-validations'] ?? [];
  if (rules.length === 0) return [];
  const existing = known.get(schema);
  if (existing !== undefined) return existing;
  const made = (rules as unknown as readonly Rule[]).map(compiled);
  known.set(schema, made);
  return made;
}
