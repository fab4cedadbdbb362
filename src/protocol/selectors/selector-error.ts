/** An invalid selector. The message is the text that a kube-apiserver answers with, as a 400. */
export class SelectorError extends Error {
  /** The selector as it was given. */
  readonly selector: string;

  constructor(selector: string, message: string) {
    super(message);
    this.name = 'SelectorError';
    this.selector = selector;
  }
}
