/** A handler was added to an informer that has ended, because its signal is aborted. Its state can still be read. */
export class InformerEndedError extends Error {
  /** The resource in words: `v1/pods in default`. */
  readonly resource: string;

  constructor(resource: string) {
    super(`the informer of ${resource} has ended; no handler was added, and none would ever be called`);
    this.name = 'InformerEndedError';
    this.resource = resource;
  }
}
