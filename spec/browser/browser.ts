import { chromium, type Browser } from 'playwright-core';
import { chromium as executablePath } from '../../scripts/testing/chromium.ts';

/** A headless Chromium that talks to nobody but the pages it is sent to, with an empty profile that goes with it. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    chromiumSandbox: false,
    args: [
      ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync'],
    ],
  });
}
