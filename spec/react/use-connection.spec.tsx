// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { seconds } from 'kuberx';
import { useConnection, useKube } from 'kuberx/react';
import { pages } from './a-page.tsx';

const aPage = pages();

function Chip() {
  const { state, retryNow } = useConnection();
  return ` ${state}${retryNow === undefined ? '' : ', retry'} `;
}

function Count() {
  return useKube('v1/pods').rows.length;
}

describe('useConnection', () => {
  it('shows where all that the page holds stands, and holds nothing itself', async () => {
    const page = aPage();
    await page.render(<Chip />);
    expect(page.text).toBe(' live ');
    expect(page.server.requests).toEqual([]);
    await page.render([<Chip key="chip" />, <Count key="count" />]);
    expect(page.text).toBe(' catching up 0');
    await page.pass(100);
    expect(page.text).toBe(' live 0');
    await page.server.stop();
    await page.pass(seconds(2));
    expect(page.text).toBe(' stale 0');
    await page.server.start();
    await page.pass(seconds(60));
    expect(page.text).toBe(' live 0');
  });
});
