import type { Socket } from 'node:net';
import type { Fault } from './fault.ts';
import type { FaultOccasion } from './fault-plan.ts';

/** The parts that a connection gets from its proxy. */
export interface ProxyPort {
  /** A new connection to the server. */
  readonly connect: () => Socket;
  /** The next fault, if there is to be one. */
  readonly next: (occasion: FaultOccasion) => Fault | undefined;
  /** Tells that a fault has happened; of `refuse`, makes it happen. */
  readonly happened: (fault: Fault) => void;
}

/** One client's connection. */
export interface ProxiedConnection {
  /** Draws a fault for the current traffic. */
  arm(): void;
  /** Takes back the planned fault. A fault that has happened stays. */
  disarm(): void;
}

/** Writes without letting memory grow: the source rests until the target has room, or is gone; at rest it would not see its own end. */
export function flow(source: Socket, target: Socket, hasRoom: boolean): void {
  if (hasRoom || target.destroyed) return;
  source.pause();
  const resume = (): void => {
    target.off('drain', resume).off('close', resume);
    source.resume();
  };
  target.on('drain', resume).on('close', resume);
}
