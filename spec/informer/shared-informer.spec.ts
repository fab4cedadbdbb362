import { describe, expect, it } from 'vitest';
import { inWords, play, type Scene } from './scene.ts';

const listen = ({ informer, note }: Scene, who = ''): { unsubscribe: () => void } =>
  informer.events({ withSynced: true }).subscribe((event) => note(who + inWords(event)));

describe('sharedInformer', () => {
  it('should start with the first subscriber, share one watch, and stop with the last', () => {
    const lines = play(['o-abm-A---'], (scene) => {
      const { at, server, note } = scene;
      note(`requests ${server.requests.length}`);
      const first = listen(scene, '1 ');
      at(5, () => {
        const second = listen(scene, '2 ');
        at(3, () => first.unsubscribe());
        at(4, () => {
          note(`requests ${server.requests.length}, open ${server.openRequests}`);
          second.unsubscribe();
          note(`open ${server.openRequests}`);
        });
      });
    });
    expect(lines).toEqual([
      '0: requests 0',
      '4: 1 added a@4 initial',
      '4: 1 added b@3 initial',
      '4: 1 synced',
      '5: 2 added a@4 initial',
      '5: 2 added b@3 initial',
      '5: 2 synced',
      '6: 1 updated a@4 to a@6',
      '6: 2 updated a@4 to a@6',
      '9: requests 1, open 1',
      '9: open 0',
    ]);
  });
});
