import { type KubeError, type KubernetesObject, type ListPage, metaNamespaceKey, type WatchFrame } from 'kuberx';
import { added, errorFrame, initialEventsEnd, open } from 'kuberx/testing';
import { toldOf, type Exchange } from './exchange.ts';
import { inWords } from './marbles.ts';
import { enoughRequests, type Breach, type Failure, type Promised } from './play.ts';

type Value = ListPage<KubernetesObject> | WatchFrame<KubernetesObject>;

/** A mark and the virtual time that it stands for. */
interface Mark {
  readonly at: number;
  readonly mark: string;
}

/**
 * A failure as the source of a spec: the answers up to the breach in marbles, and what a correct reflector makes of
 * them. It stands beside the specs of the reflector, fails for what broke the promise, and stays when that is mended.
 */
export function marbleSpec({ sequence, breaches: [breach], exchanges, last }: Failure): string {
  const until = breach.at;
  const past = exchanges.filter(({ at }) => at <= until).map((exchange) => untilThen(exchange, until));
  const values = new Legend();
  const answers = past.map((exchange) => `${answerOf(exchange, values)},`);
  const most = enoughRequests(sequence);
  const checks = breach.promised === 'agreement' ? agreement(last, until, values) : promise(breach, past, most);
  const body = [
    `  marbles(({ cold, expectObservable${checks.includes('flush();') ? ', flush' : ''} }) => {`,
    '    const values = {',
    ...values.lines().map(indented(6)),
    '    };',
    '    const answers = [',
    ...answers.map(indented(6)),
    '    ];',
    ...checks.map(indented(4)),
    '  });',
  ].join('\n');
  return [
    imports(body),
    `// At ${until} ms: ${breach.what}.`,
    `it(${quoted(`keeps its promises through ${sequence.join(', ') || 'nothing'}`)}, () => {`,
    body,
    '});',
    '',
  ].join('\n');
}

/** The same answers, event for event and request for request, and what neither shows by itself. */
function promise({ promised, at: until }: Breach, past: readonly Exchange[], most: number): string[] {
  const told = toldOf(past);
  const words = new Legend();
  const events = inMarbles(told.map(({ at, event }) => ({ at, mark: words.markOf(quoted(inWords(event))) })));
  const requests = past.map(({ verb, options, at }) => {
    const version = told.findLast((each) => each.at <= at)?.event.resourceVersion;
    const isResumed = verb === 'watch' && !options.sendInitialEvents && version !== undefined;
    return `  { verb: '${verb}'${isResumed ? `, options: { resourceVersion: ${quoted(version)} }` : ''} },`;
  });
  // Where a request came that should not have, what a correct reflector asks and tells by then is not known.
  const isKnown = !tooMany.has(promised);
  return [
    ...(isKnown
      ? ['const server = fakeListerWatcher(answers, { cold, values });']
      : [
          'const server = fakeListerWatcher(',
          "  ({ verb }, index) => answers.find((answer, at) => at === index && verb in answer) ?? { error: 'too many' },",
          '  { cold, values },',
          ');',
        ]),
    'const events$ = reflector(server, { random: () => 0.5 }).pipe(',
    "  filter((event) => 'resourceVersion' in event),",
    '  words(),',
    ');',
    ...(isKnown
      ? [`expectObservable(events$, '^ ${until}ms !').toBe('${events}', {`, ...words.lines().map(indented(2)), '});']
      : [`expectObservable(events$, '^ ${until}ms !');`]),
    'flush();',
    ...(isKnown ? [`expect(server.requests.slice(0, ${past.length})).toMatchObject([`, ...requests, ']);'] : []),
    ...assertions(promised, until, most),
  ];
}

const tooMany: ReadonlySet<Promised> = new Set(['single flight', 'watch interval', 'few requests']);

function assertions(promised: Promised, until: number, most: number): string[] {
  switch (promised) {
    case 'few requests':
      return [`expect(server.requests.length).toBeLessThanOrEqual(${most});`];
    case 'single flight':
      return ['expect(server.mostOpenRequests).toBe(1);'];
    case 'watch interval':
      return [
        "const watchedAt = server.requests.filter(({ verb }) => verb === 'watch').map(({ at }) => at);",
        'expect(watchedAt.every((at, index) => at - (watchedAt[index - 1] ?? -Infinity) >= 1000)).toBe(true);',
      ];
    case 'nothing left':
      return ['expect(server.openRequests).toBe(0);', `expect(asyncScheduler.now()).toBe(${until + 1});`];
    default:
      return [];
  }
}

/** The answers, then a server that is well: whoever goes on asking has its last version in the end. */
function agreement(last: ListPage<KubernetesObject>, until: number, values: Legend): string[] {
  const frames = [open, ...last.items.map((item) => added(item)), initialEventsEnd(last.resourceVersion)];
  const [opened, gone] = [values.markOf('open'), values.markOf(valueSource(errorFrame(410, 'Expired')))];
  return [
    'const server = fakeListerWatcher(',
    '  ({ verb, options }, index) => {',
    '    const answer = answers[index];',
    '    if (answer) return answer;',
    `    if (verb === 'list') return { list: '5ms (${values.markOf(valueSource(last))}|)' };`,
    `    if (!options.sendInitialEvents) return { watch: '5ms (${opened}${gone}|)' };`,
    `    return { watch: '5ms (${frames.map((frame) => values.markOf(valueSource(frame))).join('')})' };`,
    '  },',
    '  { cold, values },',
    ');',
    'const version$ = reflector(server, { random: () => 0.5 }).pipe(',
    '  scan(reduceSnapshot, emptySnapshot()),',
    '  map(({ resourceVersion }) => resourceVersion),',
    `  takeUntil(timer(${until})),`,
    '  takeLast(1),',
    ');',
    `expectObservable(version$).toBe('${until}ms (a|)', { a: ${quoted(last.resourceVersion)} });`,
  ];
}

/** An exchange as far as it was at a time. */
function untilThen({ end, parts, ...rest }: Exchange, time: number): Exchange {
  const past = { ...rest, parts: parts.filter(({ at }) => at <= time) };
  return end && end.at <= time ? { ...past, end } : past;
}

function answerOf({ verb, at: askedAt, parts, end }: Exchange, values: Legend): string {
  const marks: Mark[] = parts.map(({ at, value }) => ({ at: at - askedAt, mark: values.markOf(valueSource(value)) }));
  if (end) marks.push({ at: end.at - askedAt, mark: end.error === undefined ? '|' : '#' });
  const error = end?.error === undefined ? '' : `, error: ${errorSource(end.error)}`;
  return `{ ${verb}: '${inMarbles(marks) || '-'}'${error} }`;
}

/** Marks in time: those of one moment are a group, which marbles take to last as long as it is written. */
function inMarbles(marks: readonly Mark[]): string {
  let now = 0;
  return [...Map.groupBy(marks, ({ at }) => at)]
    .map(([at, together]) => {
      if (at < now) throw new RangeError(`marbles cannot say what comes at ${at} ms, within a group`);
      const text = together.map(({ mark }) => mark).join('');
      const pause = at > now ? `${at - now}ms ` : '';
      now = at + (text.length > 1 ? text.length + 2 : 1);
      return `${pause}${text.length > 1 ? `(${text})` : text}`;
    })
    .join(' ');
}

/** Letters, each for one source text. */
class Legend {
  private readonly marks = new Map<string, string>();

  markOf(source: string): string {
    const next = this.marks.size;
    const mark = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'[next] ?? String.fromCharCode(0x3b1 + next - 52);
    return this.marks.get(source) ?? (this.marks.set(source, mark), mark);
  }

  lines(): string[] {
    return Array.from(this.marks, ([source, mark]) => `${mark}: ${source},`);
  }
}

const indented =
  (by: number) =>
  (line: string): string =>
    ' '.repeat(by) + line;

const quoted = (text: string): string => `'${text.replaceAll(/[\\']/g, '\\$&')}'`;

function objectSource(object: KubernetesObject): string {
  const key = metaNamespaceKey(object);
  const { uid, resourceVersion } = object.metadata;
  const rest = uid === `uid of ${key}` ? '' : `, { metadata: { uid: ${quoted(String(uid))} } }`;
  return `buildObject(${quoted(key)}, ${quoted(String(resourceVersion))}${rest})`;
}

function valueSource(value: Value): string {
  if ('items' in value) {
    const rest = value.continue ? `, { continue: ${quoted(value.continue)} }` : '';
    return `page([${value.items.map(objectSource).join(', ')}], ${quoted(value.resourceVersion)}${rest})`;
  }
  switch (value.type) {
    case 'OPEN':
      return 'open';
    case 'BOOKMARK':
      return `${value.initialEventsEnd ? 'initialEventsEnd' : 'bookmark'}(${quoted(String(value.resourceVersion))})`;
    case 'REFUSED':
      throw new Error('a model server names all of its objects');
    case 'ERROR':
      return `errorFrame(${value.status.code}, ${quoted(String(value.status.reason))})`;
    default:
      return `${value.type.toLowerCase()}(${objectSource(value.object)})`;
  }
}

function errorSource(error: unknown): string {
  const { reason, resource, status, code, retryAfter } = error as KubeError;
  if (!status) return `new KubeError({ reason: '${reason}', resource: '${resource}', message: 'broken' })`;
  const rest = retryAfter === undefined ? '' : `, ${retryAfter}`;
  return `kubeErrorFromStatus('${resource}', status(${code}, ${quoted(String(status.reason))}), ${code}${rest})`;
}

const modules: Readonly<Record<string, readonly string[]>> = {
  rxjs: ['asyncScheduler', 'filter', 'map', 'scan', 'takeLast', 'takeUntil', 'timer'],
  vitest: ['expect'],
  kuberx: ['emptySnapshot', 'KubeError', 'reduceSnapshot', 'reflector'],
  'kuberx/http': ['kubeErrorFromStatus'],
  'kuberx/testing': [
    'added',
    'bookmark',
    'buildObject',
    'deleted',
    'errorFrame',
    'fakeListerWatcher',
    'initialEventsEnd',
    'modified',
    'open',
    'page',
    'status',
  ],
  './marbles.ts': ['marbles', 'words'],
};

function imports(body: string): string {
  return Object.entries(modules)
    .map(([from, names]) => {
      const used = names.filter((name) => new RegExp(`(?<!\\.)\\b${name}[(.,]`).test(body));
      if (from === 'vitest') used.push('it');
      return used.length === 0 ? '' : `import { ${used.join(', ')} } from '${from}';\n`;
    })
    .join('');
}
