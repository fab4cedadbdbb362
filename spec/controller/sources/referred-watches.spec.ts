import { describe, expect, it } from 'vitest';
import { listWatch } from 'kuberx/http';
import { ofName, ofNamespace, ReferredWatches } from '#src/controller/sources/referred-watches.ts';
import { configMaps, virtualCluster } from '../virtual-cluster.ts';

function setting() {
  const cluster = virtualCluster();
  const { server, scheduler, random } = cluster;
  const events: string[] = [];
  const watches = new ReferredWatches({
    listWatch: (selection) => listWatch(server.http, configMaps, selection),
    onEvent: ({ type, object }) => events.push(`${type} ${object.metadata.name}`),
    scheduler,
    random,
  });
  return { server, pass: (time: number) => cluster.pass(time), events, watches };
}

describe('ReferredWatches', () => {
  it('tells of one object alone, and closes the watch 10 s after its last use', () => {
    const { server, pass, events, watches } = setting();
    for (const name of ['a', 'b']) server.create(configMaps, { metadata: { namespace: 'default', name } });
    watches.open(ofName('default/a'));
    watches.open(ofName('default/a'));
    pass(1000);
    expect(events).toEqual(['added a']);
    expect(server.openStreams).toBe(1);
    watches.close(ofName('default/a'));
    pass(60_000);
    expect(server.openStreams).toBe(1);
    watches.close(ofName('default/a'));
    pass(9000);
    expect(server.openStreams).toBe(1);
    pass(2000);
    expect(server.openStreams).toBe(0);
    expect(watches.of(ofName('default/a'))).toBeUndefined();
  });

  it('costs no requests where uses come and go 10,000 times', () => {
    const { server, pass, watches } = setting();
    for (let round = 0; round < 10_000; round++) {
      watches.open(ofNamespace('default/a'));
      watches.close(ofNamespace('default/a'));
    }
    pass(1000);
    expect(server.requests.length).toBeLessThan(4);
    watches.clear();
    pass(1000);
    expect(server.openStreams).toBe(0);
  });
});
