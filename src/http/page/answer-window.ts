/** How many requests may be out unanswered when nothing is known. */
const first = 3;

/** How many at most. */
const most = 64;

/**
 * How many requests may be out without an answer. It grows with each good answer, as TCP's window does, and starts anew when
 * streams end: so what ends many streams at once, such as a token that expires, costs three requests and not one for each.
 */
export class AnswerWindow {
  private size = first;
  private out = 0;

  /** True where another request may be sent. */
  get isOpen(): boolean {
    return this.out < this.size;
  }

  sent(): void {
    this.out += 1;
  }

  /** A request no longer counts: it was answered, or failed, or was given up, or takes so long that others need not wait. */
  over(): void {
    this.out -= 1;
  }

  /** The server answered as hoped. */
  grow(): void {
    this.size = Math.min(most, this.size + 1);
  }

  /** A stream has ended: what comes next is not known to be answered. */
  restart(): void {
    this.size = Math.min(this.size, first);
  }

  /** The server has trouble. */
  halve(): void {
    this.size = Math.max(1, Math.floor(this.size / 2));
  }

  /** One request goes first. */
  narrow(): void {
    this.size = 1;
  }
}
