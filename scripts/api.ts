// `npm run api`: writes what each entry exports into docs/api.txt, so that a change of it shows as a difference.
import { writeFileSync } from 'node:fs';
import { reportPath, surface } from './api/surface.ts';

writeFileSync(reportPath, await surface());
