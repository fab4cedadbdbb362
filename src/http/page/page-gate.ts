import { type Observable, type SchedulerLike, Subscription } from 'rxjs';
import type { HoldReason } from '../../protocol/hold-reason.ts';
import { KubeError } from '../../protocol/errors/kube-error.ts';
import { seconds } from '../../streams/time/duration.ts';
import { chance } from '../../streams/time/chance.ts';
import { runAfter } from '../../streams/time/run-after.ts';
import { AnswerWindow } from './answer-window.ts';
import type { ConnectionFacts } from './connection-after.ts';
import type { Denials } from './denials.ts';
import { factsOf, isOut } from './facts-of.ts';
import type { GateEntry, GateRequest, Pass } from './gate-request.ts';
import { RetryBudget } from './retry-budget.ts';
import { RetryWaiters } from './retry-waiters.ts';
import type { SlotLimits, StreamSlots } from './stream-slots.ts';
import { Surroundings, type SurroundingsOptions } from './surroundings.ts';

/** What a {@link PageGate} works with. */
export interface PageGateOptions extends Omit<SurroundingsOptions, 'giveBack'> {
  readonly slots: StreamSlots;
  readonly limits: () => SlotLimits;
  /** How many streams may be open. */
  readonly allowed: () => number;
  readonly denials: Denials;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
}

const tick = seconds(1);
const longestReturn = seconds(2); // two watch requests of a reflector are a second apart, and up to 250 ms more

/** After a sleep, streams end within 25 ms for each of them, and within 5 s in all, so that pages that wake together do not come together. */
const restForEach = 25;
const longestRest = seconds(5);

/**
 * Lets the requests of a page through: a few unanswered ones at a time, each where there is a place for it, none while the page is
 * hidden, offline or signed out. Gives back what is open when it cannot be trusted or is not seen any more.
 */
export class PageGate {
  private readonly options: PageGateOptions;
  private readonly surroundings: Surroundings;
  private readonly waiters: RetryWaiters;
  private readonly entries = new Set<GateEntry>();
  /** The resources whose last request failed. */
  private readonly failing = new Set<string>();
  private readonly window = new AnswerWindow();
  private readonly budget: RetryBudget;
  /** The resources whose streams were given back and are about to be asked for anew. */
  private readonly returning = new Map<string, Subscription>();
  private isSignedOut = false;
  private isUnanswered = false;
  private signIn = 0;
  private ticks: Subscription | undefined;
  private retry = Subscription.EMPTY;
  private isPumping = false;

  constructor(options: PageGateOptions) {
    this.options = options;
    const giveBack = (reason: HoldReason, spares: 'lists' | 'nothing'): void => this.giveBack(reason, spares);
    this.surroundings = new Surroundings({ ...options, giveBack, onchange: () => this.pump() });
    this.waiters = new RetryWaiters(options.onchange);
    this.budget = new RetryBudget(options.scheduler);
    options.slots.onfree(() => this.pump());
  }

  /** What is known at this moment. */
  get facts(): ConnectionFacts {
    const { entries, waiters, surroundings, isSignedOut, isUnanswered } = this;
    const { denials, scheduler } = this.options;
    const [allowed, now] = [this.options.allowed(), scheduler.now()];
    const { size: returning } = this.returning;
    return factsOf({ entries, waiters, denials, surroundings, isSignedOut, isUnanswered, returning, allowed, now });
  }

  /** The number of the sign-in that a request belongs to which is sent now. */
  get signIns(): number {
    return this.signIn;
  }

  /** A request comes. It is sent at once where it may be. */
  enter(request: GateRequest): Pass {
    this.surroundings.listen();
    this.returned(request.resource);
    const pass: Pass = {
      answered: (status) => this.answered(entry, status),
      unanswered: () => this.unanswered(entry),
      again: () => this.again(entry),
      leave: () => this.leave(entry),
    };
    const entry: GateEntry = {
      request,
      pass,
      state: 'waiting',
      kind: request.kind(),
      signIn: this.signIn,
      since: this.options.scheduler.now(),
      counts: false,
      rest: undefined,
      told: undefined,
    };
    this.entries.add(entry);
    this.pump();
    return pass;
  }

  /** The server refuses the credentials. Nothing happens where that request was sent before the last sign-in. */
  refused(signIn: number): void {
    if (this.isSignedOut || signIn !== this.signIn) return;
    this.isSignedOut = true;
    this.pump();
  }

  /** Emits when what is due later is wanted now. A listener counts as one who waits to ask again. */
  nudged(resource: string): Observable<unknown> {
    return this.waiters.nudged(resource);
  }

  retryNow(): void {
    if (this.isSignedOut) return;
    this.budget.renew();
    this.options.denials.renew();
    this.waiters.nudge();
    this.pump();
  }

  signedIn(): void {
    this.signIn += 1;
    this.isSignedOut = false;
    this.window.narrow();
    this.budget.renew();
    this.waiters.nudge();
    this.pump();
  }

  private get hold(): HoldReason | undefined {
    return this.isSignedOut ? 'signed out' : this.surroundings.hold;
  }

  /** Sends what may be sent, and tells the others why they wait. */
  private pump(): void {
    if (this.isPumping) return;
    this.isPumping = true;
    try {
      // What is sent may be answered, and may bring others, before this returns.
      for (let entry = this.next(); entry !== undefined; entry = this.next()) this.send(entry);
    } finally {
      this.isPumping = false;
    }
    for (const entry of [...this.entries]) if (entry.state === 'waiting') this.tell(entry, this.hold ?? 'turn');
    this.keepTicking();
    this.options.onchange();
  }

  private next(): GateEntry | undefined {
    if (this.hold !== undefined || !this.window.isOpen) return undefined;
    const { limits, slots } = this.options;
    for (const entry of this.entries) {
      if (entry.state !== 'waiting') continue;
      const isRetry = this.failing.has(entry.request.resource);
      if (isRetry && this.budget.untilNext > 0) {
        if (this.retry.closed) this.retry = runAfter(this.budget.untilNext, this.options.scheduler, () => this.pump());
        continue;
      }
      const kind = entry.request.kind();
      if (!slots.take(kind, limits())) continue;
      if (isRetry) this.budget.take();
      entry.kind = kind;
      return entry;
    }
    return undefined;
  }

  private send(entry: GateEntry): void {
    entry.state = 'sent';
    entry.signIn = this.signIn;
    entry.since = this.options.scheduler.now();
    entry.counts = true;
    entry.told = undefined;
    this.window.sent();
    entry.request.held();
    // The receiver of that may have gone.
    if (isOut(entry)) entry.request.send(entry.pass);
  }

  private answered(entry: GateEntry, status: number): void {
    if (entry.state !== 'sent') return;
    entry.state = 'open';
    this.noLongerCounts(entry);
    this.isUnanswered = false;
    const { resource } = entry.request;
    if (status === 401) {
      this.refused(entry.signIn);
    } else if (status >= 500 || status === 429) {
      this.failing.add(resource);
      this.window.halve();
    } else {
      this.failing.delete(resource);
      this.window.grow();
      this.surroundings.refreshed();
    }
    this.pump();
  }

  private unanswered(entry: GateEntry): void {
    if (entry.state === 'sent') {
      this.isUnanswered = true;
      this.failing.add(entry.request.resource);
      this.window.narrow();
    }
    this.leave(entry);
  }

  private again(entry: GateEntry): void {
    if (!isOut(entry)) return;
    entry.request.abort();
    this.release(entry, 'waiting');
    this.pump();
  }

  private leave(entry: GateEntry): void {
    if (entry.state === 'gone') return;
    if (entry.state === 'open' && entry.request.isStream) this.window.restart();
    this.entries.delete(entry);
    entry.rest?.unsubscribe();
    this.release(entry, 'gone');
    if (this.entries.size === 0) this.retry.unsubscribe();
    this.pump();
  }

  /** What was sent is over on this side. */
  private release(entry: GateEntry, state: GateEntry['state']): void {
    const wasOut = isOut(entry);
    this.noLongerCounts(entry);
    entry.state = state;
    if (wasOut) this.options.slots.give(entry.kind);
  }

  private noLongerCounts(entry: GateEntry): void {
    if (entry.counts) this.window.over();
    entry.counts = false;
  }

  private tell(entry: GateEntry, reason: HoldReason): void {
    if (entry.told === reason) return;
    entry.told = reason;
    entry.request.held(reason);
  }

  private giveBack(reason: HoldReason, spares: 'lists' | 'nothing'): void {
    this.window.restart();
    const out = [...this.entries].filter((entry) => isOut(entry) && (entry.request.isStream || spares === 'nothing'));
    const spread = reason === 'asleep' ? Math.min(longestRest, out.length * restForEach) : 0;
    // Nothing of this is sent again before all of it is back.
    this.isPumping = true;
    for (const entry of out) this.giveBackOne(entry, reason, spread);
    this.isPumping = false;
    this.pump();
  }

  private giveBackOne(entry: GateEntry, reason: HoldReason, spread: number): void {
    if (!isOut(entry)) return;
    const { request, state } = entry;
    request.abort();
    if (state === 'sent') {
      this.release(entry, 'waiting');
      this.tell(entry, reason);
      return;
    }
    this.release(entry, 'resting');
    if (!request.isStream) {
      const message = `the response was given up in its middle: the page is ${reason}`;
      request.fail(new KubeError({ reason: 'Network', resource: request.resource, message }));
      return;
    }
    this.tell(entry, reason);
    const end = (): void => {
      if (entry.state !== 'resting') return;
      this.expect(request.resource);
      request.end();
    };
    const delay = Math.round(spread * chance(this.options.random));
    if (delay > 0) entry.rest = runAfter(delay, this.options.scheduler, end);
    else end();
  }

  /** A reflector asks for a stream anew within this time, or nobody wants it any more. */
  private expect(resource: string): void {
    this.returning.get(resource)?.unsubscribe();
    const over = (): void => {
      this.returned(resource);
      this.options.onchange();
    };
    this.returning.set(resource, runAfter(longestReturn, this.options.scheduler, over));
  }

  private returned(resource: string): void {
    this.returning.get(resource)?.unsubscribe();
    this.returning.delete(resource);
  }

  /** There are ticks while something is out, and no timer otherwise. */
  private keepTicking(): void {
    const isNeeded = [...this.entries].some(isOut);
    if (!isNeeded) {
      this.ticks?.unsubscribe();
      this.ticks = undefined;
      this.surroundings.stopTicking();
    } else if (this.ticks === undefined) {
      this.surroundings.startTicking();
      this.armTick();
    }
  }

  private armTick(): void {
    this.ticks = runAfter(tick, this.options.scheduler, () => {
      this.armTick();
      this.surroundings.look();
      this.excuse();
      this.pump();
    });
  }

  /** A request that is not answered within a second does not hold up the others for ever: one more goes each second. */
  private excuse(): void {
    if (this.window.isOpen) return;
    const now = this.options.scheduler.now();
    const late = [...this.entries].find(({ counts, since }) => counts && now - since >= tick);
    if (late !== undefined) this.noLongerCounts(late);
  }
}
