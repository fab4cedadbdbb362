/**
 * What the harness and a consumer say to each other, in whatever language the consumer is written: lines of words.
 *
 * - Its arguments are the resource, `version/plural` or `group/version/plural`, and the namespaces, each watched by an
 *   informer of its own. The kubeconfig is where `KUBECONFIG` says.
 * - It prints `synced` once each informer holds the whole state.
 * - `report`: it prints `report JSON`, a {@link ConsumerReport}.
 * - It ends with its stdin.
 */

/** The name of the objects that are followed. Their number is the field `data.sequence`. */
export const heartbeatName = 'heartbeat';

/** A heartbeat that reached a consumer's handler. */
export interface Sighting {
  readonly namespace: string;
  readonly sequence: number;
  /** Unix time in milliseconds. */
  readonly at: number;
}

/** The sightings and requests of a consumer since it began. */
export interface ConsumerReport {
  readonly seen: readonly Sighting[];
  /** The versions of its objects, by `namespace/name`. */
  readonly objects: Readonly<Record<string, string>>;
  /** Connections that were opened or tried. */
  readonly connections: number;
  /** Requests that were handed to a connection, or to be; what repeats them counts again. */
  readonly requests: number;
  /** Those among them that ask for a state: lists, pages, and streaming lists. */
  readonly lists: number;
  /** Requests that had a connection, and got no response head. */
  readonly headless: number;
  /** Answers with 429. */
  readonly throttled: number;
}
