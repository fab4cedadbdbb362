import type { Observable } from 'rxjs';
import type { CacheEvent, KubernetesObject, ReflectorSink } from 'kuberx';
import type { Summary } from './summary.ts';

/** How a run is shown. It gets every event of the reflector, in order, then one of the two ends. */
export interface Reporter extends ReflectorSink<KubernetesObject> {
  /** What it does between the events, for as long as it is subscribed. An error ends the run. */
  readonly frames$: Observable<unknown>;
  /** Emits when the user wants to end the run. It has one subscription, which lasts as long as the run. */
  readonly quit$: Observable<unknown>;
  /** The run was stopped. */
  end(summary: Summary): void;
  /** The server refused the credentials before it sent any state. Standard error tells why; it is not said here. */
  refused(event: CacheEvent<KubernetesObject>, summary: Summary): void;
  /** Gives back what was taken of the terminal, however the run ended. */
  close(): void;
}

/** Writes text to standard output. */
export type Write = (text: string) => void;
