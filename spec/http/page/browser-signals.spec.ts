import { describe, expect, it } from 'vitest';
import { browserSignals, type BrowserParts } from '#src/http/page/browser-signals.ts';

const persisted = (type: string, is: boolean): Event => Object.assign(new Event(type), { persisted: is });

describe('browserSignals', () => {
  it('tells what happens to the page and to the network', () => {
    const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
    const navigator = { onLine: true };
    const target = new EventTarget();
    const window = Object.assign(target, { document, navigator }) as BrowserParts & EventTarget;
    const signals = browserSignals(window);
    const told: string[] = [];
    const subscription = signals.signals$.subscribe((signal) => told.push(signal));
    document.visibilityState = 'hidden';
    document.dispatchEvent(new Event('visibilitychange'));
    expect([signals.isHidden, signals.isOffline]).toEqual([true, false]);
    document.visibilityState = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
    target.dispatchEvent(persisted('pagehide', false));
    target.dispatchEvent(persisted('pagehide', true));
    target.dispatchEvent(persisted('pageshow', true));
    navigator.onLine = false;
    target.dispatchEvent(new Event('offline'));
    expect(signals.isOffline).toBe(true);
    target.dispatchEvent(new Event('online'));
    subscription.unsubscribe();
    target.dispatchEvent(new Event('online'));
    expect(told).toEqual(['hidden', 'shown', 'frozen', 'thawed', 'offline', 'online']);
  });

  it('is always shown and online where there is no page', () => {
    const told: string[] = [];
    for (const signals of [browserSignals({}), browserSignals()]) {
      signals.signals$.subscribe((signal) => told.push(signal)).unsubscribe();
      expect([signals.isHidden, signals.isOffline]).toEqual([false, false]);
    }
    expect(told).toEqual([]);
  });
});
