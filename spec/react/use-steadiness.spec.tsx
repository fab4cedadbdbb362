// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { useKube } from 'kuberx/react';
import { pages } from './a-page.tsx';
import { pod } from './a-world.ts';

const aPage = pages();

function Inline() {
  'use no memo';
  return useKube('v1/pods', { where: (each) => each.status?.phase === 'Running' }).rows.length;
}

function Kept({ text }: { readonly text: string }) {
  return useKube('v1/pods', { where: ({ metadata }) => metadata.name.includes(text), deps: [text] }).rows.length;
}

describe('useSteadiness', () => {
  it('prints once that a function is new in each render, which shows the right rows all the same', async () => {
    const page = aPage();
    const print = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await page.render(<Inline />);
    for (let index = 0; index < 60; index++)
      await page.change((server) => server.create('v1/pods', pod(`web-${index}`)));
    expect(page.text).toBe('60');
    expect(print.mock.calls.map(([text]) => String(text))).toEqual([
      expect.stringMatching(/useKube\('v1\/pods'\).*deps/),
    ]);
    expect(page.lists).toBe(1);
    print.mockRestore();
  });

  it('says nothing of a filter that is typed while objects change', async () => {
    const page = aPage();
    const print = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    for (let index = 0; index < 60; index++) {
      await page.render(<Kept text={'w'.repeat(index % 2)} />);
      await page.change((server) => server.create('v1/pods', pod(`web-${index}`)));
    }
    expect(page.text).toBe('60');
    expect(print).not.toHaveBeenCalled();
    print.mockRestore();
  });
});
