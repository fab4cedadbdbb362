import { JSDOM } from 'jsdom';
import { beforeAll, describe, expect, it } from 'vitest';
import { type KubernetesObject, published, type Rows, sharedInformer, type Source, view } from 'kuberx';
import { fetchHttpClient, listWatch } from 'kuberx/http';
import { apiServer } from 'kuberx/testing/apiserver';
import { eventually } from '../eventually.ts';
import { bundle } from './bundle.ts';

/** What a page gets from its script. */
interface Page {
  rows: Source<Rows<KubernetesObject>>;
  /** By the name of a framework: shows the component in an element, and returns what takes it away. */
  show: Record<string, (element: Element) => () => void>;
  angularRows: () => { readonly shown: () => Rows<KubernetesObject>; readonly destroy: () => void };
}

const entry = `
  import '@angular/compiler';
  import { createEnvironmentInjector } from '@angular/core';
  import { createApp } from 'vue';
  import { mount, unmount } from 'svelte';
  import { render } from 'solid-js/web';
  import Vue from 'docs:Vue';
  import Svelte from 'docs:Svelte';
  import Runes from 'docs:Svelte 2';
  import { Pods as Solid } from 'docs:Solid';
  import { podRows, podRowsProvider } from 'docs:Angular';
  import { showPods } from 'docs:Plain DOM';

  const svelte = (component) => (target) => {
    const shown = mount(component, { target });
    return () => unmount(shown);
  };
  globalThis.show = {
    Vue: (element) => {
      const app = createApp(Vue);
      app.mount(element);
      return () => app.unmount();
    },
    Svelte: svelte(Svelte),
    'Svelte in runes': svelte(Runes),
    Solid: (element) => render(Solid, element),
    'plain DOM': showPods,
  };
  // Without its renderer, which is another package.
  globalThis.angularRows = () => {
    const injector = createEnvironmentInjector([podRowsProvider], null);
    return { shown: injector.get(podRows), destroy: () => injector.destroy() };
  };`;

const pod = (name: string): object => ({ metadata: { namespace: 'default', name } });

/** A page with the script, and the rows of a server. */
function pageOf(script: string, { url }: { readonly url: string }) {
  const pods = sharedInformer(listWatch(fetchHttpClient({ server: url }), 'v1/pods'));
  const { window } = new JSDOM('<main></main>', { runScripts: 'outside-only', pretendToBeVisual: true });
  const page = window as unknown as Page;
  page.rows = published<Rows<KubernetesObject>>(view(pods).rows$);
  window.eval(script);
  return { page, pods, window };
}

describe('docs/ui.md in a page', () => {
  let script = '';
  beforeAll(async () => {
    script = await bundle(entry);
  });

  it.each(['Vue', 'Svelte', 'Svelte in runes', 'Solid', 'plain DOM'])(
    'shows rows and their changes, keeps the elements of unchanged rows, and ends the watch when it goes: %s',
    async (framework) => {
      await using server = await apiServer();
      for (const name of ['a', 'c']) server.create('v1/pods', pod(name));
      const { page, pods, window } = pageOf(script, server);
      const main = window.document.querySelector('main')!;
      const texts = (): string[] => Array.from(main.querySelectorAll('p, li'), ({ textContent }) => textContent);

      const takeAway = page.show[framework]!(main);
      await eventually(() => expect(texts()).toEqual(['2 of 2', 'a', 'c']));
      const [first] = main.querySelectorAll('li');
      server.create('v1/pods', pod('b'));
      await eventually(() => expect(texts()).toEqual(['3 of 3', 'a', 'b', 'c']));
      expect(main.querySelector('li')).toBe(first);
      server.delete('v1/pods', 'default/a');
      await eventually(() => expect(texts()).toEqual(['2 of 2', 'b', 'c']));
      expect(server.openStreams).toBe(1);

      takeAway();
      await eventually(() => expect(server.openStreams).toBe(0));
      expect(pods.status$.value.phase).toBe('stopped');
      window.close();
    },
  );

  it('is a signal in Angular, until its injector is destroyed', async () => {
    await using server = await apiServer();
    server.create('v1/pods', pod('a'));
    const { page, pods, window } = pageOf(script, server);
    const { shown, destroy } = page.angularRows();
    const names = (): string[] => Array.from(shown(), ({ metadata }) => metadata.name);
    await eventually(() => expect(names()).toEqual(['a']));
    server.create('v1/pods', pod('b'));
    await eventually(() => expect(names()).toEqual(['a', 'b']));
    destroy();
    await eventually(() => expect(server.openStreams).toBe(0));
    expect(pods.status$.value.phase).toBe('stopped');
    window.close();
  });
});
