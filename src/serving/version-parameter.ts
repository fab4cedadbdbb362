/** 2^64 - 1: versions are unsigned 64 bit numbers to a kube-apiserver. */
const largest = (1n << 64n) - 1n;
// It has 20 digits. The time to read more digits grows faster than their number.
const readable = /^0*[0-9]{1,20}$/;

/** The fault of a resource version, in the server's words, or `undefined`. */
export function versionFault(text: string): string | undefined {
  const quoted = JSON.stringify(text);
  const fault = !/^[0-9]+$/.test(text)
    ? 'invalid syntax'
    : !readable.test(text) || BigInt(text) > largest
      ? 'value out of range'
      : undefined;
  return fault && `resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: ${fault}`;
}
