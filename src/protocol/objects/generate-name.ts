// Source: apiserver `storage/names/generate.go` and apimachinery `util/rand`.
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
const maxBaseLength = 58;
const suffixLength = 5;

/** How often a server makes up a name where the one before is taken. Source: apiserver `registry/generic/registry/store.go`. */
export const mostGeneratedNames = 8;

/** A name from `generateName`, as a server makes it up: the base, cut to 58 characters, and five random ones. */
export function generateName(base: string, random: () => number): string {
  const oneOf = (): string => alphabet.charAt(Math.min(alphabet.length - 1, Math.floor(random() * alphabet.length)));
  return base.slice(0, maxBaseLength) + Array.from({ length: suffixLength }, oneOf).join('');
}
