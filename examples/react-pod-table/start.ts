// npm run example:react: the page, before the embedded API server with pods that keep changing.
import { parseArgs } from 'node:util';
import { demoServer } from '../../cli/demo/demo-server.ts';
import { servePage } from './page.ts';

const { values } = parseArgs({
  options: { pods: { type: 'string', default: '2000' }, rate: { type: 'string', default: '20' } },
});

const { server, activity$ } = await demoServer({ objects: Number(values.pods), rate: Number(values.rate) });
activity$.subscribe();
const page = await servePage(server.url);
console.log(`${page.resolvedUrls?.local[0] ?? ''} shows ${values.pods} pods of ${server.url}; Ctrl-C ends it`);
