// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { type OrderBy, type Rows, seconds } from 'kuberx';
import { useKube } from 'kuberx/react';
import { pages } from './a-page.tsx';
import { pod, type Pod } from './a-world.ts';

const aPage = pages();

const byName: OrderBy<Pod> = { key: ({ metadata }) => metadata.name, natural: true };

function Names({ phase }: { readonly phase?: string }) {
  const { rows, ready } = useKube('v1/pods', {
    where: phase === undefined ? undefined : (each) => each.status?.phase === phase,
    orderBy: [byName],
    deps: [phase],
  });
  return <p>{ready ? namesOf(rows) || 'none' : 'loading'} </p>;
}

function namesOf(rows: Rows<Pod>): string {
  return [...rows].map(({ metadata }) => metadata.name).join(' ');
}

describe('useKube', () => {
  it('shows what the server has, in order, and each change of it', async () => {
    const page = aPage();
    for (const name of ['web-10', 'web-9']) page.server.create('v1/pods', pod(name));
    await page.render(<Names />);
    expect(page.text).toBe('loading ');
    await page.pass(100);
    expect(page.text).toBe('web-9 web-10 ');
    await page.change((server) => server.create('v1/pods', pod('web-8')));
    expect(page.text).toBe('web-8 web-9 web-10 ');
  });

  it('says that there is nothing only once the server has said so', async () => {
    const page = aPage();
    await page.render(<Names />);
    expect(page.text).toBe('loading ');
    await page.pass(100);
    expect(page.text).toBe('none ');
  });

  it('shares one list and one watch between all components, in StrictMode too, and leaves nothing open', async () => {
    const page = aPage();
    page.server.create('v1/pods', pod('web-0'));
    await page.render([<Names key="1" />, <Names key="2" phase="Running" />, <Names key="3" phase="Failed" />], {
      strict: true,
    });
    await page.pass(100);
    expect(page.text).toBe('web-0 web-0 none ');
    expect(page.server.requests).toHaveLength(1);
    expect(page.lists).toBe(1);
    expect(page.server.openStreams).toBe(1);
    await page.unmount();
    await page.pass(seconds(2));
    expect(page.server.openStreams).toBe(0);
  });
});
