import { useMemo, useState } from 'react';
import { type LabelSelector, lister, parseLabelSelector } from 'kuberx';
import { byNamespaceAndName } from './pod-columns.ts';
import { PodDetails } from './pod-details.tsx';
import { PodTable } from './pod-table.tsx';
import { pods } from './pods.ts';
import { useValue } from './use-latest.ts';

/** All pods, or those of a namespace or a selector, and one of them in detail. */
export function PodBrowser() {
  const snapshot = useValue(pods.snapshot$);
  const [namespace, setNamespace] = useState('');
  const [filter, setFilter] = useState<Filter>({ text: '', selector: parseLabelSelector('') });
  const [selected, setSelected] = useState<string>();

  const { selector, problem } = filter;
  const namespaces = useMemo(() => snapshot.listIndexFuncValues('namespace').sort(), [snapshot]);
  const rows = useMemo(
    () => lister(snapshot).namespace(namespace).list(selector).toSorted(byNamespaceAndName),
    [snapshot, namespace, selector],
  );

  return (
    <main>
      <form className="filter" onSubmit={(event) => event.preventDefault()}>
        <select aria-label="Namespace" value={namespace} onChange={(event) => setNamespace(event.target.value)}>
          <option value="">All namespaces</option>
          {namespaces.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
        <input
          aria-label="Label selector"
          placeholder="Label selector: app=web, tier!=cache"
          aria-invalid={problem !== undefined}
          aria-describedby="filter-note"
          value={filter.text}
          onChange={(event) => setFilter(filterAfter(filter, event.target.value))}
        />
        <span id="filter-note" className={problem === undefined ? 'note' : 'note bad'}>
          {problem ?? countText(rows.length, snapshot.size)}
        </span>
      </form>
      <div className="content">
        <PodTable rows={rows} selected={selected} onSelect={setSelected} />
        {selected !== undefined && <PodDetails key={selected} id={selected} onClose={() => setSelected(undefined)} />}
      </div>
    </main>
  );
}

interface Filter {
  readonly text: string;
  /** The last one that could be understood. */
  readonly selector: LabelSelector;
  readonly problem?: string;
}

function filterAfter({ selector }: Filter, text: string): Filter {
  try {
    return { text, selector: parseLabelSelector(text) };
  } catch (error) {
    return { text, selector, problem: (error as Error).message };
  }
}

function countText(shown: number, all: number): string {
  const total = `${all.toLocaleString('en')} ${all === 1 ? 'pod' : 'pods'}`;
  return shown === all ? total : `${shown.toLocaleString('en')} of ${total}`;
}
