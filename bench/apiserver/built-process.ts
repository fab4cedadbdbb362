/** An embedded API server from the built package, until the parent is gone. It is started without the condition `kuberx-source`. */
import { apiServer } from 'kuberx/testing/apiserver';

const server = await apiServer();
process.once('disconnect', () => process.exit());
process.send?.(server.url);
