// Source: apiserver `storage/names/generate.go` and apimachinery `util/rand`.
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
const maxBaseLength = 58;
const suffixLength = 5;

/** A name from `generateName`: the base, cut to 58 characters, and five random ones. */
export function generateName(base: string, random: () => number): string {
  const suffix = Array.from({ length: suffixLength }, () => alphabet[Math.floor(random() * alphabet.length)]);
  return base.slice(0, maxBaseLength) + suffix.join('');
}
