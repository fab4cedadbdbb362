import { Command, CommanderError } from 'commander';
import { printable } from 'kuberx';
import packageJson from '../../package.json' with { type: 'json' };
import { decimal, fieldSelector, filled, labelSelector, namespaceName, wholeNumber } from './option-values.ts';
import type { NamespaceChoice } from '../resource/resolve-resource.ts';
import { type WantedResource, wantedResource } from '../resource/wanted-resource.ts';
import { StartError } from '../start-error.ts';

/** What of a resource is reflected. */
export interface Selection {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** A cluster that a kubeconfig names. */
export interface ClusterArguments extends Selection {
  readonly resource: WantedResource;
  readonly namespaces: NamespaceChoice;
  /** Where the kubeconfig is. Default: `$KUBECONFIG`, then `~/.kube/config`, then the service account of the pod. */
  readonly kubeconfig?: string;
  /** Default: the kubeconfig's current context. */
  readonly context?: string;
}

/** The embedded API server and its pods. */
export interface DemoArguments extends Selection {
  /** Default: all. */
  readonly namespace?: string;
  readonly objects: number;
  /** Changes per second. */
  readonly rate: number;
}

/** What the program was asked to do. */
export interface Arguments {
  readonly source: { readonly cluster: ClusterArguments } | { readonly demo: DemoArguments };
  /** Default: until it is stopped. */
  readonly seconds?: number;
  readonly json: boolean;
}

const { version } = packageJson;

const demoDefaults = { objects: 1000, rate: 20 };

/** A timer beyond 2^31 ms fires at once. */
const longestRun = 2_000_000;

/**
 * Reads the arguments of the command line, without `node` and the script.
 *
 * @returns the arguments, or the text of `--help` or `--version`.
 * @throws StartError in one line, that names the argument which is wrong and what is expected.
 */
export function parseArguments(argv: readonly string[]): Arguments | { readonly text: string } {
  let text = '';
  const command = describe(new Command('kuberx'))
    .exitOverride()
    .configureOutput({ writeOut: (more) => (text += more), writeErr: () => undefined });
  try {
    command.parse(argv, { from: 'user' });
    return text === '' ? argumentsOf(command.args[0], command.opts<Options>()) : { text };
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return { text };
    if (error instanceof StartError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new StartError(`${printable(message.replace(/^error: /, '')).replace(/\.$/, '')}. See --help.`, error);
  }
}

interface Options {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly allNamespaces?: true;
  readonly selector?: string;
  readonly fieldSelector?: string;
  readonly objects?: number;
  readonly rate?: number;
  readonly seconds?: number;
  readonly json?: true;
}

function describe(command: Command): Command {
  const { objects, rate } = demoDefaults;
  return command
    .usage('[resource] [options]')
    .description(
      'Reflects a Kubernetes resource and shows it live. Without a resource, a kubeconfig and a context it starts an ' +
        'API server of its own, with pods that keep changing.',
    )
    .version(`kuberx ${version}`, '--version', 'print the version')
    .argument(
      '[resource]',
      'a name as kubectl takes it, or group/version/plural: pods, deploy, widgets.example.com, apps/v1/deployments ' +
        '(default: pods)',
    )
    .option('--kubeconfig <path>', 'the kubeconfig (default: $KUBECONFIG, ~/.kube/config)', filled)
    .option('--context <name>', 'a context of the kubeconfig (default: its current one)', filled)
    .option('-n, --namespace <name>', "one namespace (default: the context's; of the demo all)", namespaceName)
    .option('-A, --all-namespaces', 'all namespaces, whatever --namespace says')
    .option('-l, --selector <selector>', 'a label selector, as kubectl has it', labelSelector)
    .option('--field-selector <selector>', 'a field selector, as kubectl has it', fieldSelector)
    .option('--objects <number>', `demo: how many pods (default: ${objects})`, wholeNumber(1_000_000))
    .option('--rate <number>', `demo: changes per second, 0 for none (default: ${rate})`, decimal(0, 10_000))
    .option(
      '--seconds <number>',
      'stop this long after the first request, with exit code 0, synced or not (default: run until stopped)',
      decimal(0.001, longestRun),
    )
    .option('--json', "print a JSON line for each event, never an object's content, and a summary as the last line")
    .addHelpText('after', '\nExit codes: 0 stopped, 1 a fault, 2 bad arguments or access denied.')
    .allowExcessArguments(false);
}

function argumentsOf(resource: string | undefined, options: Options): Arguments {
  const { kubeconfig, context, namespace, allNamespaces, selector, fieldSelector, objects, rate, seconds } = options;
  const selection: Selection = {
    ...(selector ? { labelSelector: selector } : {}),
    ...(fieldSelector ? { fieldSelector } : {}),
  };
  const rest = { json: options.json ?? false, ...(seconds === undefined ? {} : { seconds }) };
  if (resource === undefined && kubeconfig === undefined && context === undefined) {
    const size = { objects: objects ?? demoDefaults.objects, rate: rate ?? demoDefaults.rate };
    const demo = { ...size, ...(namespace === undefined || allNamespaces ? {} : { namespace }), ...selection };
    return { source: { demo }, ...rest };
  }
  if (objects !== undefined || rate !== undefined) {
    const option = objects === undefined ? '--rate' : '--objects';
    throw new StartError(`${option} sizes the demo, and does not go with a cluster. See --help.`);
  }
  const namespaces: NamespaceChoice = allNamespaces ? 'all' : namespace === undefined ? 'context' : { namespace };
  const cluster = {
    resource: wantedResource(resource ?? 'pods'),
    namespaces,
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(context === undefined ? {} : { context }),
    ...selection,
  };
  return { source: { cluster }, ...rest };
}
