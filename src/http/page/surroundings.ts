import { type SchedulerLike, Subscription, type TimestampProvider } from 'rxjs';
import type { HoldReason } from '../../protocol/hold-reason.ts';
import { reportUnhandled } from '../../streams/report-unhandled.ts';
import { seconds } from '../../streams/time/duration.ts';
import { runAfter } from '../../streams/time/run-after.ts';
import type { PageSignal, PageSignals } from './page-signals.ts';

/** What {@link Surroundings} work with. */
export interface SurroundingsOptions {
  readonly signals: PageSignals;
  /** The network's word does not count, as for a server on this machine. */
  readonly ignoresNetwork: boolean;
  /** Milliseconds after which a hidden page gives its streams back; `Infinity` for never. */
  readonly hiddenAfter: number;
  readonly scheduler: SchedulerLike;
  /** The wall clock, which goes on while the machine is asleep. */
  readonly clock: TimestampProvider;
  /** What is open is not to be trusted or not wanted any more. Lists in their course may end where `lists` is spared. */
  readonly giveBack: (reason: HoldReason, spares: 'lists' | 'nothing') => void;
  readonly onchange: () => void;
}

/** A gap of the wall clock between two ticks from which on the machine was asleep. */
const shortestSleep = seconds(5);

/** The same in a hidden page, whose timers browsers run once a minute. */
const shortestHiddenSleep = seconds(90);

/** What happens around a page: its tab is hidden and shown, the network goes and comes, the machine sleeps. */
export class Surroundings {
  private readonly options: SurroundingsOptions;
  private offline = false;
  private hidden = false;
  private since: number | undefined;
  private tickedAt = Infinity;
  private hiding = Subscription.EMPTY;
  private isListening = false;

  constructor(options: SurroundingsOptions) {
    this.options = options;
  }

  /** Why nothing may be sent. */
  get hold(): HoldReason | undefined {
    if (this.offline) return 'offline';
    return this.hidden ? 'hidden' : undefined;
  }

  get isOffline(): boolean {
    return this.offline;
  }

  /** When what the page shows began to be old, by what is known here. */
  get staleSince(): number | undefined {
    return this.since;
  }

  /** Listens to the browser, from the first call on. */
  listen(): void {
    if (this.isListening) return;
    this.isListening = true;
    const { signals, ignoresNetwork } = this.options;
    this.offline = signals.isOffline && !ignoresNetwork;
    if (signals.isHidden) this.heard('hidden');
    signals.signals$.subscribe({ next: (signal) => this.heard(signal), error: reportUnhandled });
  }

  /** The server answers: nothing is old any more by what is known here. */
  refreshed(): void {
    if (this.hold === undefined) this.since = undefined;
  }

  /** Ticks begin: there was no sleep before. */
  startTicking(): void {
    this.tickedAt = this.options.clock.now();
  }

  /** Nothing is out that a sleep could break. */
  stopTicking(): void {
    this.tickedAt = Infinity;
  }

  /** Looks whether more time has passed since the last tick than a machine that is awake lets pass. */
  look(): void {
    const { tickedAt } = this;
    if (tickedAt === Infinity) return;
    const now = this.options.clock.now();
    this.tickedAt = now;
    const longest = this.options.signals.isHidden ? shortestHiddenSleep : shortestSleep;
    if (now - tickedAt >= longest) this.wake(tickedAt);
  }

  private heard(signal: PageSignal): void {
    const { hiddenAfter, ignoresNetwork, scheduler, clock } = this.options;
    switch (signal) {
      case 'hidden':
        this.hiding.unsubscribe();
        if (hiddenAfter < Infinity) this.hiding = runAfter(hiddenAfter, scheduler, () => this.hide());
        return;
      case 'frozen':
        this.hide();
        return;
      case 'shown':
      case 'thawed':
        this.look();
        this.hiding.unsubscribe();
        this.hidden = false;
        this.options.onchange();
        return;
      case 'offline':
        if (ignoresNetwork || this.offline) return;
        this.offline = true;
        this.since ??= clock.now();
        this.options.giveBack('offline', 'nothing');
        return;
      case 'online':
        if (ignoresNetwork) return;
        // Another network than before: what is open is of the old one.
        if (!this.offline) this.wake(clock.now());
        this.offline = false;
        this.options.onchange();
    }
  }

  private hide(): void {
    this.hiding.unsubscribe();
    if (this.hidden) return;
    this.hidden = true;
    this.since ??= this.options.clock.now();
    this.options.giveBack('hidden', 'lists');
  }

  private wake(since: number): void {
    this.since ??= since;
    this.options.giveBack('asleep', 'nothing');
  }
}
