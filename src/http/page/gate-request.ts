import type { Subscription } from 'rxjs';
import type { Held, HoldReason } from '../../protocol/hold-reason.ts';
import type { KubeError } from '../../protocol/errors/kube-error.ts';
import type { SlotKind } from './stream-slots.ts';

/** A request that wants to be sent, and what may happen to it. */
export interface GateRequest {
  /** The resource in words. */
  readonly resource: string;
  readonly isStream: boolean;
  /** What it takes when it is sent. Asked each time. */
  readonly kind: () => SlotKind;
  readonly held: Held;
  /** Sends it, maybe before it has entered, and tells the pass what becomes of it. */
  readonly send: (pass: Pass) => void;
  /** Aborts what was sent. */
  readonly abort: () => void;
  /** Ends it after it was aborted: it will be asked for anew. */
  readonly end: () => void;
  readonly fail: (error: KubeError) => void;
}

/** What the sender of a request tells the gate. */
export interface Pass {
  /** The head of the response is there. */
  readonly answered: (status: number) => void;
  /** The request failed without an answer. */
  readonly unanswered: () => void;
  /** What was sent is to be sent anew, in another way. */
  readonly again: () => void;
  /** It is over. */
  readonly leave: () => void;
}

/** A request in the gate. */
export interface GateEntry {
  readonly request: GateRequest;
  readonly pass: Pass;
  /** `resting`: it was given back, and is about to end. */
  state: 'waiting' | 'sent' | 'open' | 'resting' | 'gone';
  kind: SlotKind;
  /** The number of the sign-in that it was sent with. */
  signIn: number;
  /** When it came, or was sent. */
  since: number;
  /** It counts as out without an answer. */
  counts: boolean;
  /** The timer of `resting`. */
  rest: Subscription | undefined;
  /** The reason that was told last. */
  told: HoldReason | undefined;
}
