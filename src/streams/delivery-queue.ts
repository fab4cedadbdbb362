import { Line } from './line.ts';

/**
 * Runs deliveries one after the other, so that all subscribers hear of everything in the same order. A delivery that a
 * subscriber causes during another one waits until that one has reached everyone.
 *
 * If a delivery throws, the caller who started it gets the error. The deliveries that are left run with the next one.
 */
export class DeliveryQueue {
  private readonly due = new Line<() => void>();
  private isDelivering = false;

  /** Delivers after the deliveries that wait: at once, unless a delivery is under way. */
  deliver(delivery: () => void): void {
    this.due.push(delivery);
    if (!this.isDelivering) this.within(() => undefined);
  }

  /** Runs `turn` at once, as a part of the delivery under way or as a delivery of its own. What it causes is delivered after it. */
  within(turn: () => void): void {
    if (this.isDelivering) {
      turn();
      return;
    }
    this.isDelivering = true;
    try {
      turn();
      for (let next = this.due.shift(); next !== undefined; next = this.due.shift()) next();
    } finally {
      this.isDelivering = false;
    }
  }
}
