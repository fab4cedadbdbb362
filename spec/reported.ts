import { config } from 'rxjs';

/** Runs a turn, and returns what RxJS reported as thrown by a subscriber. */
export async function reported(run: () => void): Promise<unknown[]> {
  const errors: unknown[] = [];
  config.onUnhandledError = (error: unknown) => errors.push(error);
  try {
    run();
    await new Promise((resolve) => setTimeout(resolve));
  } finally {
    config.onUnhandledError = null;
  }
  return errors;
}
