// 64 bits have 19 decimal digits at most; to read more takes more than in proportion to their number.
const integer = /^([+-]?)0*([0-9]{1,19})$/;

/** A decimal that fits into 64 bits, as the server takes one. Zeros before it do not count. */
export function parseInt64(text: string): bigint | undefined {
  const [, sign, digits] = integer.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const value = sign === '-' ? -BigInt(digits) : BigInt(digits);
  return value === BigInt.asIntN(64, value) ? value : undefined;
}
