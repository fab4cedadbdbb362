import type { Rows } from '../views/rows.ts';
import type { KubeStatus } from './kube-factory.ts';

/** What a component shows of a resource: all of one moment. The same object for as long as nothing changes. */
export interface Kube<T> {
  /** The rows, ordered and selected. An unchanged row is `===` the one before, so memoised rows are not rendered again. */
  readonly rows: Rows<T>;
  /**
   * True where the rows are those of a complete state by these options, so that no rows means that there are none. False until the
   * first sync, and while the rows are still those of the options before: of more than 2,000 objects they take a moment.
   */
  readonly ready: boolean;
  /** Where the informer stands; of several namespaces the one that is worst off, without those that are denied. */
  readonly status: KubeStatus;
  /** The namespaces that answer 403, beside those that live. `''` stands for all namespaces. */
  readonly denied: readonly string[];
}
