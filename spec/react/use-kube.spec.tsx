// @vitest-environment jsdom
import { memo, useEffect } from 'react';
import { describe, expect, it } from 'vitest';
import { type OrderBy, type Rows, seconds } from 'kuberx';
import { useKube, useObject, useSource } from 'kuberx/react';
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

/** What was rendered, in order. */
const rendered: string[] = [];

function List() {
  const { rows } = useKube('v1/pods', { orderBy: [byName], deps: [] });
  useEffect(() => void rendered.push('list'));
  return rows.slice(0, 50).map((each) => <Row key={each.metadata.uid} pod={each} />);
}

const Row = memo(function Row({ pod: { metadata, status } }: { readonly pod: Pod }) {
  useEffect(() => void rendered.push(metadata.name));
  return `${metadata.name} ${status?.phase} `;
});

function Versions() {
  const { rows } = useKube('v1/pods');
  return <i>{rows.at(0)?.metadata.resourceVersion}</i>;
}

function Version() {
  return <i>{useObject('v1/pods', 'default/web-0').object?.metadata.resourceVersion}</i>;
}

function Filtered() {
  const { rows } = useKube('v1/pods', { where: ({ metadata }) => metadata.name === 'web-0', deps: [] });
  return <i>{rows.at(0)?.metadata.resourceVersion}</i>;
}

function versionsOf(page: HTMLElement): ReadonlySet<string> {
  return new Set(Array.from(page.querySelectorAll('i'), ({ textContent }) => textContent));
}

function Tree() {
  const { rows } = useKube('v1/pods', { transition: true, orderBy: [byName], deps: [] });
  return namesOf(rows);
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

  it('renders the list and the one row that has changed, and nothing for what is not shown', async () => {
    const page = aPage();
    for (let index = 0; index < 20; index++) page.server.create('v1/pods', pod(`web-${index}`));
    await page.render([<List key="list" />, <Names key="failed" phase="Failed" />]);
    await page.pass(100);
    rendered.length = 0;
    await page.change((server) => server.apply('v1/pods', pod('web-7', 'Succeeded')));
    expect(rendered).toEqual(['web-7', 'list']);
    rendered.length = 0;
    // Five changes of one frame are one render.
    await page.change((server) => {
      for (const phase of ['a', 'b', 'c', 'd', 'e']) server.apply('v1/pods', pod('web-8', phase));
    });
    expect(rendered).toEqual(['web-8', 'list']);
    rendered.length = 0;
    await page.pass(seconds(30));
    expect(rendered).toEqual([]);
  });

  it('never shows two moments in two components', async () => {
    const page = aPage();
    page.server.create('v1/pods', pod('web-0'));
    await page.render([<Versions key="1" />, <Version key="2" />, <Filtered key="3" />]);
    await page.pass(100);
    const seen: ReadonlySet<string>[] = [];
    const observer = new MutationObserver(() => seen.push(versionsOf(page.container)));
    observer.observe(page.container, { subtree: true, characterData: true, childList: true });
    for (let change = 0; change < 50; change++) {
      await page.change((server) => {
        for (let time = 0; time < 3; time++) server.apply('v1/pods', pod('web-0', `phase ${change} ${time}`));
      });
    }
    observer.disconnect();
    expect(seen.length).toBeGreaterThan(40);
    expect(seen.filter(({ size }) => size !== 1)).toEqual([]);
    expect(versionsOf(page.container)).toEqual(new Set([page.server.resourceVersion]));
  });

  it('shows a component that comes later the moment of the others, with the next frame', async () => {
    const page = aPage();
    page.server.create('v1/pods', pod('web-0'));
    await page.render(<Versions />);
    await page.pass(100);
    for (let change = 0; change < 10; change++) {
      page.server.apply('v1/pods', pod('web-0', `phase ${change}`));
      page.server.apply('v1/pods', pod('web-0', `phase ${change} again`));
      await page.render(change % 2 === 0 ? [<Versions key="1" />, <Filtered key="2" />] : [<Versions key="1" />]);
      await page.pass(20);
      expect(versionsOf(page.container)).toEqual(new Set([page.server.resourceVersion]));
    }
  });

  it('shows the same in a transition', async () => {
    const page = aPage();
    page.server.create('v1/pods', pod('web-0'));
    await page.render(<Tree />, { strict: true });
    await page.pass(100);
    expect(page.text).toBe('web-0');
    await page.change((server) => server.create('v1/pods', pod('web-1')));
    expect(page.text).toBe('web-0 web-1');
    await page.unmount();
    await page.pass(seconds(2));
    expect(page.server.openStreams).toBe(0);
  });

  it('goes to another resource and to other namespaces, and lets go of those before', async () => {
    const page = aPage();
    page.server.create('v1/pods', pod('web-0'));
    page.server.create('v1/pods', pod('web-1', 'Running', 'shop'));
    page.server.create('v1/configmaps', { metadata: { name: 'settings', namespace: 'default' } });
    await page.render(<Any resource="v1/pods" namespaces={['default']} />);
    await page.pass(100);
    expect(page.text).toBe('web-0');
    await page.render(<Any resource="v1/pods" namespaces={['default', 'shop']} />);
    await page.pass(1200);
    expect(page.text).toBe('web-0 web-1');
    await page.render(<Any resource="v1/configmaps" />);
    expect(page.text).toBe('');
    await page.pass(seconds(2));
    expect(page.text).toBe('settings');
    expect(page.server.openStreams).toBe(1);
  });

  it('reads a source of the program in the same frame', async () => {
    const page = aPage();
    page.server.create('v1/pods', pod('web-0'));
    await page.render(<Size of={page.factory.informer('v1/pods').snapshot$} />);
    await page.pass(100);
    expect(page.text).toBe('1 1');
  });
});

function Any({ resource, namespaces }: { readonly resource: string; readonly namespaces?: readonly string[] }) {
  const { rows } = useKube(resource, { namespaces });
  return [...rows].map(({ metadata }) => metadata.name).join(' ');
}

function Size({ of }: { readonly of: Parameters<typeof useSource<{ readonly size: number }>>[0] }) {
  const size = useSource(of, (snapshot) => snapshot.size);
  return `${size} ${useKube('v1/pods').rows.length}`;
}
