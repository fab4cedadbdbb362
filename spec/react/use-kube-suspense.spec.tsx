// @vitest-environment jsdom
import { Activity, Suspense, useEffect, useState } from 'react';
import { describe, expect, it } from 'vitest';
import { seconds } from 'kuberx';
import { useKubeSuspense } from 'kuberx/react';
import { pages } from './a-page.tsx';
import { pod } from './a-world.ts';

const aPage = pages();

function Count({ text = '' }: { readonly text?: string }) {
  const { rows, status } = useKubeSuspense('v1/pods', {
    where: ({ metadata }) => metadata.name.includes(text),
    deps: [text],
  });
  return `${rows.length} pods${status.lastError === undefined ? '' : `, ${status.lastError.reason}`}`;
}

function Waiting(properties: { readonly text?: string }) {
  return (
    <Suspense fallback="waiting">
      <Count {...properties} />
    </Suspense>
  );
}

let hide: (isHidden: boolean) => void = () => undefined;

function Hidden() {
  const [isHidden, setIsHidden] = useState(false);
  useEffect(() => {
    hide = setIsHidden;
  }, []);
  return (
    <Activity mode={isHidden ? 'hidden' : 'visible'}>
      <Waiting />
    </Activity>
  );
}

describe('useKubeSuspense', () => {
  it.each([false, true])(
    'waits for the first complete state, on one list and one watch; strict: %s',
    async (strict) => {
      const page = aPage();
      page.server.create('v1/pods', pod('web-0'));
      await page.render(<Waiting />, { strict });
      expect(page.text).toBe('waiting');
      await page.pass(100);
      expect(page.text).toBe('1 pods');
      await page.change((server) => server.create('v1/pods', pod('web-1')));
      expect(page.text).toBe('2 pods');
      expect(page.lists).toBe(1);
      await page.unmount();
      await page.pass(seconds(2));
      expect(page.server.openStreams).toBe(0);
    },
  );

  it('waits no more once it has shown something: for another filter, and while the server is away', async () => {
    const page = aPage();
    page.server.create('v1/pods', pod('web-0'));
    await page.render(<Waiting />);
    await page.pass(100);
    await page.render(<Waiting text="db" />);
    expect(page.text).toBe('0 pods');
    await page.server.stop();
    await page.pass(seconds(30));
    expect(page.text).toMatch(/^0 pods, /);
  });

  it('leaves no watch of a component that waits and is given up, after 10 s and the second of a remount', async () => {
    const page = aPage();
    page.server.intercept(({ query }) => (query['watch'] === undefined ? undefined : 'hang'));
    await page.render(<Waiting />);
    await page.pass(100);
    expect(page.text).toBe('waiting');
    expect(page.server.requests).toHaveLength(1);
    await page.render('another page');
    await page.pass(seconds(12));
    const { length } = page.server.requests;
    expect(page.server.openStreams).toBe(0);
    await page.pass(seconds(60));
    expect(page.server.requests).toHaveLength(length);
  });

  it('waits for as long as the server takes, on the same request', async () => {
    const page = aPage({ latency: seconds(25) });
    page.server.create('v1/pods', pod('web-0'));
    await page.render(<Waiting />);
    await page.pass(seconds(24));
    expect(page.text).toBe('waiting');
    await page.pass(seconds(2));
    expect(page.text).toBe('1 pods');
    expect(page.lists).toBe(1);
  });

  it('shows the failure of the first request instead of waiting on', async () => {
    const page = aPage();
    page.server.intercept(() => ({ code: 403 }));
    await page.render(<Waiting />);
    await page.pass(200);
    expect(page.text).toBe('0 pods, Forbidden');
  });

  it('sends one list and opens one watch in all, in StrictMode, hidden and shown 100 times in 10 s, and leaves nothing open', async () => {
    const page = aPage();
    page.server.create('v1/pods', pod('web-0'));
    await page.render(<Hidden />, { strict: true });
    await page.pass(100);
    for (let time = 0; time < 100; time++) {
      await page.change(() => hide(true));
      await page.pass(30);
      await page.change(() => hide(false));
      await page.pass(30);
    }
    expect(page.text).toBe('1 pods');
    expect(page.server.requests).toHaveLength(1);
    expect(page.server.openStreams).toBe(1);
    await page.unmount();
    await page.pass(seconds(2));
    expect(page.server.openStreams).toBe(0);
  });

  it('resumes from its version after it was hidden for minutes, without a list', async () => {
    const page = aPage();
    page.server.create('v1/pods', pod('web-0'));
    await page.render(<Hidden />);
    await page.pass(100);
    await page.change(() => hide(true));
    await page.pass(seconds(120));
    expect(page.server.openStreams).toBe(0);
    page.server.create('v1/pods', pod('web-1'));
    await page.change(() => hide(false));
    await page.pass(seconds(2));
    expect(page.text).toBe('2 pods');
    expect(page.lists).toBe(1);
  });
});
