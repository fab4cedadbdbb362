/**
 * UUIDs (version 4) made of the caller's `random`, so that the same seed gives the same UUIDs. The last twelve digits count, from
 * 0 on: no two of them are equal, whatever chance is. A marble spec gives a `random` that is always 0.
 */
export function uuidsFrom(random: () => number): () => string {
  let serial = 0;
  return () => {
    // As many draws as digits: what else a seed decides stays what it was.
    const digits = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16));
    digits[12] = '4';
    digits[16] = '89ab'.charAt(Math.floor(random() * 4));
    const text = `${digits.slice(0, 20).join('')}${(serial++).toString(16).padStart(12, '0')}`;
    return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
  };
}
