import { type AnyKubeConfig, kubeHttpClient } from 'kuberx/client-node';
import type { TestContext } from 'vitest';
import type { KubernetesObject } from 'kuberx';

/** One event, as it was sent. */
export interface SentEvent {
  readonly type: string;
  readonly object: KubernetesObject;
}

/** A watch that is under way: what it has said, and whether the server has ended it. */
export interface OpenWatch {
  readonly events: readonly SentEvent[];
  readonly ended: boolean;
}

/** Opens a watch that ends with its test at the latest. */
export function openWatch(test: TestContext, kubeConfig: AnyKubeConfig, path: string): OpenWatch {
  const events: SentEvent[] = [];
  const opened = { events, ended: false };
  const decoder = new TextDecoder();
  let rest = '';
  const end = (): void => {
    opened.ended = true;
  };
  const subscription = kubeHttpClient(kubeConfig)({ resource: path, method: 'GET', path, headers: {} }).subscribe({
    next: (event) => {
      if (event.type !== 'chunk') return;
      const lines = (rest + decoder.decode(event.bytes, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      events.push(...lines.filter((line) => line !== '').map((line) => JSON.parse(line) as SentEvent));
    },
    error: end,
    complete: end,
  });
  test.onTestFinished(() => subscription.unsubscribe());
  return opened;
}
