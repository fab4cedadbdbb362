// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { type Kube, useKube } from 'kuberx/react';
import { pages } from './a-page.tsx';
import { pod, type Pod } from './a-world.ts';

const aPage = pages();

const shown: Kube<Pod>[] = [];

function Pods({ text }: { readonly text: string }) {
  const kube = useKube('v1/pods', { where: ({ metadata }) => metadata.name.endsWith(text), deps: [text] });
  shown.push(kube);
  return `${kube.rows.length} ${kube.ready}`;
}

describe('useKubeView', () => {
  it('shows the rows before until those of another filter are there, of more than 2,000 objects', async () => {
    const page = aPage();
    for (let index = 0; index < 3000; index++) page.server.create('v1/pods', pod(`web-${index}`));
    await page.render(<Pods text="" />);
    await page.pass(500);
    expect(page.text).toBe('3000 true');
    for (const [text, rows] of [
      ['7', 300],
      ['77', 30],
    ] as const) {
      shown.length = 0;
      await page.render(<Pods text={text} />);
      await page.pass(500);
      expect(page.text).toBe(`${rows} true`);
      expect(shown.every(({ rows: { length }, ready }) => length > 0 && ready === (length === rows))).toBe(true);
    }
    expect(page.lists).toBe(1);
  });
});
