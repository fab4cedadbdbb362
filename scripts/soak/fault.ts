/** A fault in the bytes of one connection, after a number of bytes from the server. */
export type ByteFault =
  /** Breaks the connection: `reset` as a process that is killed, `end` as one that stops in the middle. */
  | { readonly kind: 'cut'; readonly how: 'reset' | 'end'; readonly afterBytes: number }
  /** The client gets no more bytes; its own bytes still arrive. Both connections stay open. */
  | { readonly kind: 'stall'; readonly afterBytes: number }
  /** Nothing goes through any more, in either direction. Both connections stay open, as with a peer that is gone. */
  | { readonly kind: 'half-open'; readonly afterBytes: number }
  /** The client gets no bytes for a while, then all of them, in order. */
  | { readonly kind: 'delay'; readonly afterBytes: number; readonly milliseconds: number };

/** A fault in one line of a watch, after a number of whole ones. */
export type FrameFault =
  /** Ends the response in the middle of the line, cleanly for HTTP. */
  | { readonly kind: 'truncate'; readonly afterFrames: number }
  /** Sends the line twice. */
  | { readonly kind: 'duplicate'; readonly afterFrames: number }
  /** Puts bytes into the line that no JSON text has. */
  | { readonly kind: 'garble'; readonly afterFrames: number }
  /** Sends an ERROR frame with this code in place of the line, and ends the response. */
  | { readonly kind: 'error frame'; readonly code: 410 | 500; readonly afterFrames: number };

/** The answer of a proxy in place of the server, which does not see the request. */
export interface AnswerFault {
  readonly kind: 'answer';
  readonly code: 410 | 429 | 500 | 503 | 504;
  /** A plain text in place of a Status. */
  readonly plain: boolean;
  /** Seconds, as a header. */
  readonly retryAfter?: number;
}

/** Nothing listens for a while, and connections that were open are reset. */
export interface RefuseFault {
  readonly kind: 'refuse';
  readonly milliseconds: number;
}

/** One thing that goes wrong between a client and a server. */
export type Fault = ByteFault | FrameFault | AnswerFault | RefuseFault;

/** The name under which a fault is counted: its kind, with its code. */
export function faultName(fault: Fault): string {
  if (fault.kind === 'error frame') return `${fault.kind} ${fault.code}`;
  if (fault.kind === 'answer') return `${fault.kind} ${fault.code}${fault.plain ? ' text/plain' : ''}`;
  return fault.kind === 'cut' ? `${fault.kind} (${fault.how})` : fault.kind;
}

/** True for what needs lines to be known. */
export function isFrameFault(fault: Fault): fault is FrameFault {
  return 'afterFrames' in fault;
}

/** True for a fault in bytes, whatever they mean. */
export function isByteFault(fault: Fault): fault is ByteFault {
  return 'afterBytes' in fault;
}
