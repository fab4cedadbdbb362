// @vitest-environment jsdom
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { seconds } from 'kuberx';
import { KubeProvider, useKube, useObject } from 'kuberx/react';
import { pages } from './a-page.tsx';
import { pod } from './a-world.ts';

const aPage = pages();

function Details({ of }: { readonly of: string | undefined }) {
  const { presence, object } = useObject('v1/pods', of);
  return `${presence} ${object?.status?.phase ?? ''}`;
}

function Count() {
  return `${useKube('v1/pods').rows.length} `;
}

describe('useObject', () => {
  it('follows one object, and another one, on the watch of the list', async () => {
    const page = aPage();
    page.server.create('v1/pods', pod('web-0'));
    page.server.create('v1/pods', pod('web-1', 'Pending'));
    const both = (of: string | undefined) => [<Count key="count" />, <Details key="details" of={of} />];
    await page.render(both('default/web-0'));
    expect(page.text).toBe('0 unknown ');
    await page.pass(100);
    expect(page.text).toBe('2 present Running');
    await page.render(both('default/web-1'));
    expect(page.text).toBe('2 present Pending');
    await page.render(both(undefined));
    expect(page.text).toBe('2 unknown ');
    expect(page.lists).toBe(1);
    await page.unmount();
    await page.pass(seconds(2));
    expect(page.server.openStreams).toBe(0);
  });

  it.each([null, 5, ['default', 'web-0']])('refuses the key %j', (key) => {
    const { factory } = aPage();
    const page = (
      <KubeProvider factory={factory}>
        <Details of={key as never} />
      </KubeProvider>
    );
    expect(() => renderToString(page)).toThrow(/the key of useObject is (null|of type \w+); it takes a text/);
  });

  it('keeps a deleted object until another one is asked for', async () => {
    const page = aPage();
    page.server.create('v1/pods', pod('web-0'));
    await page.render(<Details of="default/web-0" />);
    await page.pass(100);
    await page.change((server) => server.delete('v1/pods', 'default/web-0'));
    expect(page.text).toBe('deleted Running');
    await page.render(<Details of="default/web-1" />);
    expect(page.text).toBe('absent ');
  });
});
