// `npm run test:cluster`: the specs on a real control plane. The last line counts those that ran; without Go none does.
import { buildPrograms, GoMissing } from './controlplane/binaries.ts';
import { conclude, specs } from './testing/outcome.ts';

try {
  await buildPrograms(['etcd', 'kube-apiserver', 'kube-controller-manager', 'kubectl'], { log: console.log });
  conclude([await specs('test:cluster:spec')]);
} catch (cause) {
  if (!(cause instanceof GoMissing)) throw cause;
  console.log(`not run: ${cause.message}`);
  conclude([]);
}
