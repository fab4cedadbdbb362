import { asapScheduler, find, firstValueFrom, NEVER, type Observable, observeOn, of } from 'rxjs';
import { expect, it } from 'vitest';
import { reflector, type KubernetesObject, type ListerWatcher, type ListPage } from 'kuberx';
import { buildObject, page } from 'kuberx/testing';

type Page = ListPage<KubernetesObject>;

it.each([
  ['that come later', (answer: Page): Observable<Page> => of(answer).pipe(observeOn(asapScheduler))],
  ['that come at once', (answer: Page): Observable<Page> => of(answer)],
])('should list thousands of pages %s', async (_, answered) => {
  const pages = 10_000;
  const pods: ListerWatcher<KubernetesObject> = {
    resource: 'v1/pods',
    list({ continue: token = '0' }) {
      const next = Number(token) + 1;
      const rest = next < pages ? { continue: String(next) } : {};
      return answered(page([buildObject(`default/p${token}`, '1')], '5', rest));
    },
    watch: () => NEVER,
  };
  const events$ = reflector(pods, { streaming: false, pageSize: 1 });
  const end$ = events$.pipe(find(({ type }) => type === 'Replaced' || type === 'Interrupted'));
  const end = await firstValueFrom(end$, { defaultValue: undefined });
  expect(end).toMatchObject({ type: 'Replaced', resourceVersion: '5', objects: { length: pages } });
});
