import { act, type ReactNode, StrictMode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { vi } from 'vitest';
import { KubeProvider } from 'kuberx/react';
import type { ApiServerOptions } from 'kuberx/testing/apiserver';
import { World, worlds } from './a-world.ts';

/** How long React waits for the end of an `act` at most, in milliseconds of virtual time. */
const step = 250;

/** A page in jsdom with the hooks of a factory, on a server in memory, in virtual time. */
export class Page extends World {
  readonly container: HTMLElement = document.createElement('div');
  private root: Root | undefined;

  /** What a reader sees. */
  get text(): string {
    return this.container.textContent;
  }

  /** Renders below a provider. */
  async render(children: ReactNode, { strict = false }: { readonly strict?: boolean } = {}): Promise<void> {
    this.root ??= createRoot(this.container);
    const provided = <KubeProvider factory={this.factory}>{children}</KubeProvider>;
    await act(async () => {
      this.root?.render(strict ? <StrictMode>{provided}</StrictMode> : provided);
      // The first publication comes at the end of the turn.
      await super.pass(0);
    });
  }

  async unmount(): Promise<void> {
    const { root } = this;
    this.root = undefined;
    await act(async () => {
      root?.unmount();
      await super.pass(0);
    });
  }

  /** Lets virtual time pass, with all that React has to do in it. */
  override async pass(milliseconds: number): Promise<void> {
    // In steps, because React renders at the end of each.
    for (let left = milliseconds; left > 0; left -= step) {
      await act(async () => {
        await vi.advanceTimersByTimeAsync(Math.min(step, left));
      });
    }
  }

  override async change(does: Parameters<World['change']>[0]): Promise<void> {
    await act(async () => {
      does(this.server);
      await vi.advanceTimersByTimeAsync(20);
    });
  }

  override async end(): Promise<void> {
    await this.unmount();
    await super.end();
  }
}

/** Gives each spec of a file a page, and ends what it has left. */
export function pages(): (options?: ApiServerOptions) => Page {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  return worlds((options?: ApiServerOptions) => new Page(options));
}
