import { Observable, type SchedulerLike, type Subscriber, Subscription } from 'rxjs';
import { KubeError } from 'kuberx';
import type { HttpClient, HttpEvent, HttpRequest } from 'kuberx/http';
import { type Fault, faultName, isByteFault, isFrameFault } from '../fault.ts';
import type { FaultOccasion } from '../fault-plan.ts';
import { FrameFaults } from '../frame-faults.ts';
import { injectedAnswer } from '../injected-answer.ts';
import { wholeNumber } from '../seeded-random.ts';

/** After this time a connection without life shows, in milliseconds, as with the pings and keepalives of a real one. */
const livenessBound = 45_000;

/** The parts of a {@link FaultyPath}. */
export interface FaultyPathOptions {
  readonly http: HttpClient;
  readonly next: (occasion: FaultOccasion) => Fault | undefined;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
}

/** The way to a server in memory, which fails as `FaultProxy` fails on sockets, in the time of a scheduler. */
export class FaultyPath {
  /** The number of each fault that happened. */
  readonly counts = new Map<string, number>();
  readonly #options: FaultyPathOptions;
  #troubled = false;
  #refusedUntil = 0;

  constructor(options: FaultyPathOptions) {
    this.#options = options;
  }

  /** Faults begin, or no more begin; those that have begun take their course. */
  set troubled(troubled: boolean) {
    this.#troubled = troubled;
    if (!troubled) this.#refusedUntil = 0;
  }

  /** What reaches the server by this way. */
  readonly http: HttpClient = (request) =>
    new Observable<HttpEvent>((subscriber) => {
      const { scheduler, http, next, random } = this.#options;
      const fault = this.#troubled ? next(/[?&]watch=/.test(request.path) ? 'watch' : 'request') : undefined;
      if (fault?.kind === 'refuse') {
        this.#count(fault);
        this.#refusedUntil = scheduler.now() + fault.milliseconds;
      }
      if (scheduler.now() < this.#refusedUntil) {
        subscriber.error(failure('ConnectionRefused', request));
        return undefined;
      }
      if (fault?.kind === 'answer') {
        this.#count(fault);
        for (const event of answered(injectedAnswer(fault))) subscriber.next(event);
        subscriber.complete();
        return undefined;
      }
      const response = new FaultyResponse(request, subscriber, scheduler, random, fault, () => this.#count(fault));
      return response.follow(http(request));
    });

  #count(fault: Fault | undefined): void {
    if (fault === undefined) return;
    const name = faultName(fault);
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }
}

function failure(reason: 'ConnectionRefused' | 'Network', { resource }: HttpRequest): KubeError {
  return new KubeError({ reason, resource, message: `the path has a fault: ${reason}` });
}

/** The events of an HTTP/1.1 response that is whole. */
function answered(response: Buffer): readonly HttpEvent[] {
  const [head = '', body = ''] = response.toString().split('\r\n\r\n');
  const [start = '', ...lines] = head.split('\r\n');
  const headers = new Map(
    lines.map((line) => line.split(': ')).map(([name = '', value = '']) => [name.toLowerCase(), value]),
  );
  const status = Number(start.split(' ')[1]);
  return [
    { type: 'head', status, header: (name) => headers.get(name) },
    { type: 'chunk', bytes: Buffer.from(body) },
  ];
}

/** One response, with at most one fault. */
class FaultyResponse {
  readonly #request: HttpRequest;
  readonly #subscriber: Subscriber<HttpEvent>;
  readonly #scheduler: SchedulerLike;
  readonly #random: () => number;
  readonly #fault: Fault | undefined;
  readonly #happened: () => void;
  /** Until its fault has happened. */
  #frames: FrameFaults | undefined;
  readonly #due = new Subscription();
  #bytesLeft: number;
  /** Nothing more comes through. */
  #isStalled = false;
  /** What waits behind a delay; `undefined`: nothing does. */
  #held: (() => void)[] | undefined;

  constructor(
    request: HttpRequest,
    subscriber: Subscriber<HttpEvent>,
    scheduler: SchedulerLike,
    random: () => number,
    fault: Fault | undefined,
    happened: () => void,
  ) {
    this.#request = request;
    this.#subscriber = subscriber;
    this.#scheduler = scheduler;
    this.#random = random;
    this.#fault = fault;
    this.#happened = happened;
    this.#frames = fault !== undefined && isFrameFault(fault) ? new FrameFaults(fault) : undefined;
    this.#bytesLeft = fault !== undefined && isByteFault(fault) ? fault.afterBytes : Infinity;
  }

  follow(response$: Observable<HttpEvent>): Subscription {
    const source = response$.subscribe({
      next: (event) => this.#inOrder(() => this.#pass(event)),
      error: (error: unknown) => this.#inOrder(() => this.#subscriber.error(error)),
      complete: () =>
        this.#inOrder(() => {
          const rest = this.#frames?.rest();
          if (rest !== undefined && rest.length > 0) this.#send(rest);
          this.#subscriber.complete();
        }),
    });
    this.#due.add(source);
    return this.#due;
  }

  #inOrder(action: () => void): void {
    if (this.#isStalled) return;
    if (this.#held === undefined) action();
    else this.#held.push(action);
  }

  #pass(event: HttpEvent): void {
    if (event.type === 'head' || this.#isStalled) {
      if (!this.#isStalled) this.#subscriber.next(event);
      return;
    }
    if (this.#frames !== undefined) {
      const { bytes, happened, ends } = this.#frames.push(Buffer.from(event.bytes));
      if (happened) {
        this.#frames = undefined;
        this.#happened();
      }
      this.#send(bytes);
      if (ends) this.#end();
      return;
    }
    const { bytes } = event;
    if (bytes.length < this.#bytesLeft) {
      this.#bytesLeft -= bytes.length;
      this.#send(bytes);
      return;
    }
    const at = this.#bytesLeft;
    this.#bytesLeft = Infinity;
    this.#send(bytes.subarray(0, at));
    this.#fail(bytes.subarray(at));
  }

  /** Cuts what it sends anywhere, within characters too. */
  #send(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const cut = this.#random() < 0.2 ? wholeNumber(this.#random, 1, bytes.length) : bytes.length;
    for (const part of [bytes.subarray(0, cut), bytes.subarray(cut)]) {
      if (part.length > 0) this.#subscriber.next({ type: 'chunk', bytes: Uint8Array.from(part) });
    }
  }

  #fail(rest: Uint8Array): void {
    const fault = this.#fault;
    this.#happened();
    if (fault?.kind === 'cut' && fault.how === 'end') this.#end();
    else if (fault?.kind === 'cut') this.#subscriber.error(failure('Network', this.#request));
    else if (fault?.kind === 'delay') this.#delay(rest, fault.milliseconds);
    else {
      this.#isStalled = true;
      this.#later(livenessBound, () => this.#subscriber.error(failure('Network', this.#request)));
    }
  }

  #delay(rest: Uint8Array, milliseconds: number): void {
    const held: (() => void)[] = [() => this.#send(rest)];
    this.#held = held;
    this.#later(milliseconds, () => {
      this.#held = undefined;
      for (const action of held) action();
    });
  }

  #end(): void {
    this.#isStalled = true;
    this.#subscriber.complete();
  }

  #later(milliseconds: number, action: () => void): void {
    this.#due.add(this.#scheduler.schedule(action, milliseconds));
  }
}
