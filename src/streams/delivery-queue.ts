import { Line } from './line.ts';

/**
 * Deliveries one after the other, so that all subscribers hear of everything in the same order: what one of them causes
 * while it hears of something is delivered after that has reached everyone.
 *
 * What a delivery throws goes to whoever made it; those that are left run with the next one.
 */
export class DeliveryQueue {
  private readonly due = new Line<() => void>();
  private isDelivering = false;

  /** Delivers when all that is due has been delivered: at once, unless a delivery is under way. */
  deliver(delivery: () => void): void {
    this.due.push(delivery);
    if (!this.isDelivering) this.within(() => undefined);
  }

  /** Runs `turn` at once, as a part of the delivery under way, or as one of its own: what it causes is delivered after it. */
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
