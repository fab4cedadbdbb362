const decimal = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const form = /^(?<sign>[+-]?)(?<whole>\d*)(?:\.(?<part>\d*))?(?<suffix>[numkMGTPE]?|[KMGTPE]i|[eE][+-]?\d{1,3})$/;
const isExponent = /^[eE][+-]?\d/;

/** What a quantity is counted in: the smallest part that it may have. */
const nano = 10n ** 9n;

/** Longer ones are let be: they would be divided by 1000 again and again. */
const maxLength = 100;

/** Divides for as long as nothing is left, and as there are suffixes. */
function reduced(value: bigint, base: bigint, suffixes: readonly string[]): string {
  let rest = value;
  let step = 0;
  while (rest % base === 0n && rest !== 0n && step < suffixes.length - 1) {
    rest /= base;
    step += 1;
  }
  return `${rest}${suffixes[step] ?? ''}`;
}

/** A quotient, upwards where something is left. */
function quotient(value: bigint, divisor: bigint): bigint {
  return value / divisor + (value % divisor > 0n ? 1n : 0n);
}

/**
 * A quantity in the form in which a kube-apiserver writes it: without a fraction, by the largest suffix. `undefined` for what is
 * not a quantity. Source: apimachinery `pkg/api/resource/quantity.go`.
 */
export function canonicalQuantity(text: string): string | undefined {
  const groups = text.length > maxLength ? undefined : form.exec(text)?.groups;
  const { sign = '', whole = '', part = '', suffix = '' } = groups ?? {};
  if (groups === undefined || (whole === '' && part === '')) return undefined;
  const digits = BigInt(whole + part);
  const isBinary = suffix.endsWith('i');
  const exponent = isExponent.test(suffix) ? Number(suffix.slice(1)) : 3 * (decimal.indexOf(suffix) - 3);
  const factor = isBinary ? 1024n ** BigInt(binary.indexOf(suffix)) : 10n ** BigInt(Math.max(exponent, 0));
  const scale = 10n ** BigInt(part.length + Math.max(isBinary ? 0 : -exponent, 0));
  const value = quotient(digits * factor * nano, scale);
  if (value === 0n) return '0';
  const minus = sign === '-' ? '-' : '';
  if (isBinary && value >= 1024n * nano && value % nano === 0n) return minus + reduced(value / nano, 1024n, binary);
  if (!isExponent.test(suffix) || value % nano !== 0n) return minus + reduced(value, 1000n, decimal);
  const steps = Array.from({ length: 100 }, (_each, index) => (index === 0 ? '' : `e${3 * index}`));
  return minus + reduced(value / nano, 1000n, steps);
}
