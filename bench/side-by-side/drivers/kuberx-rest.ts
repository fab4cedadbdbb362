/** kuberx without client-node: server, CA and token as `kuberx/rest` takes them. Argument: a variant of `variants`. */
import { listWatch } from 'kuberx/rest';
import { serveCache } from './serve-cache.ts';

const { BENCH_SERVER: server = '', BENCH_CA: caFile, BENCH_TOKEN: token } = process.env;
const config = { server, ...(caFile !== undefined && { caFile }), ...(token !== undefined && { token }) };

serveCache((options) => listWatch(config, 'v1/pods', options));
