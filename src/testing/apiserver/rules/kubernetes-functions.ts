import type { Environment } from '@marcbachmann/cel-js';
import { isIP, isIPv4 } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { goPattern, re2Package } from '../schema/go-pattern.ts';

/** What the function `matches` of rules is called here, so that patterns are Go's. */
export const goMatches = 'goMatches';

type Ordered = bigint | number | string;

function extreme(list: readonly Ordered[], isBetter: (a: Ordered, b: Ordered) => boolean): Ordered {
  const [first, ...others] = list;
  if (first === undefined) throw new Error('min/max called on empty list');
  return others.reduce((best, each) => (isBetter(each, best) ? each : best), first);
}

function sum(list: readonly (bigint | number)[]): bigint | number {
  const isWhole = list.every((each) => typeof each === 'bigint');
  return isWhole
    ? list.reduce((total, each) => total + each, 0n)
    : list.reduce<number>((total, each) => total + Number(each), 0);
}

function replaced(text: string, old: string, by: string, most: bigint): string {
  if (most < 0n) return text.replaceAll(old, () => by);
  let result = text;
  let from = 0;
  for (let left = most; left > 0n; left -= 1n) {
    const at = result.indexOf(old, from);
    if (at < 0) break;
    result = result.slice(0, at) + by + result.slice(at + old.length);
    from = at + by.length;
  }
  return result;
}

function found(text: string, pattern: string, most: bigint): string[] {
  const matcher = re2Package().RE2JS.compile(pattern).matcher(text);
  const all: string[] = [];
  while ((most < 0n || BigInt(all.length) < most) && matcher.find()) all.push(matcher.group() ?? '');
  return all;
}

function isCidr(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/');
  const most = isIPv4(address) ? 32 : 128;
  return rest.length === 0 && isIP(address) !== 0 && /^(0|[1-9][0-9]{0,2})$/.test(bits) && Number(bits) <= most;
}

function isUrl(text: string): boolean {
  return text.startsWith('/') || (/^[a-z][a-z0-9+.-]*:/i.test(text) && URL.canParse(text));
}

/** Functions of rules beside those of the language. Source: apiserver `pkg/cel/library`; those that are not here are unknown. */
export function registerKubernetesFunctions(environment: Environment): Environment {
  const indexOf = (list: readonly unknown[], value: unknown): bigint =>
    BigInt(list.findIndex((each) => isDeepStrictEqual(each, value)));
  const lastIndexOf = (list: readonly unknown[], value: unknown): bigint =>
    BigInt(list.findLastIndex((each) => isDeepStrictEqual(each, value)));
  return environment
    .registerFunction(`string.${goMatches}(string): bool`, (text: string, pattern: string) =>
      goPattern(pattern).test(text),
    )
    .registerFunction(
      'string.find(string): string',
      (text: string, pattern: string) => found(text, pattern, 1n)[0] ?? '',
    )
    .registerFunction('string.findAll(string): list<string>', (text: string, pattern: string) =>
      found(text, pattern, -1n),
    )
    .registerFunction('string.findAll(string, int): list<string>', found)
    .registerFunction('string.replace(string, string): string', (text: string, old: string, by: string) =>
      replaced(text, old, by, -1n),
    )
    .registerFunction('string.replace(string, string, int): string', replaced)
    .registerFunction(
      'string.charAt(int): string',
      (text: string, index: bigint) => Array.from(text)[Number(index)] ?? '',
    )
    .registerFunction('list.isSorted(): bool', (list: readonly Ordered[]) =>
      list.every((each, index) => index === 0 || (list[index - 1] as Ordered) <= each),
    )
    .registerFunction('list.sum(): dyn', sum)
    .registerFunction('list.min(): dyn', (list: readonly Ordered[]) => extreme(list, (a, b) => a < b))
    .registerFunction('list.max(): dyn', (list: readonly Ordered[]) => extreme(list, (a, b) => a > b))
    .registerFunction('list.indexOf(dyn): int', indexOf)
    .registerFunction('list.lastIndexOf(dyn): int', lastIndexOf)
    .registerFunction('isURL(string): bool', isUrl)
    .registerFunction('isIP(string): bool', (text: string) => isIP(text) !== 0)
    .registerFunction('isCIDR(string): bool', isCidr);
}
