/** An embedded API server from the sources, until the parent is gone. */
import { apiServer } from 'kuberx/testing/apiserver';

const server = await apiServer({ managedFields: true, namespaces: true });
process.once('disconnect', () => {
  void server.stop({ how: 'reset' }).then(() => process.exit());
});
process.send?.(server.url);
