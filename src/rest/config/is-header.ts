// Source: Node, validateHeaderValue. Its module takes as long to load as all of a kubeconfig's.
const notInHeaders = /[^\t\x20-\x7e\x80-\xff]/;

/** True for a text that can be the value of a header. */
export function isHeader(text: string): boolean {
  return !notInHeaders.test(text);
}
