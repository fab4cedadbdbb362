// A number of 64 bits has 19 decimal digits at most. Reading more digits takes quadratic time.
const integer = /^([+-]?)0*([0-9]{1,19})$/;

/** Reads a decimal that fits into 64 bits, as the server does. Leading zeros do not count. */
export function parseInt64(text: string): bigint | undefined {
  const [, sign, digits] = integer.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const value = sign === '-' ? -BigInt(digits) : BigInt(digits);
  return value === BigInt.asIntN(64, value) ? value : undefined;
}
