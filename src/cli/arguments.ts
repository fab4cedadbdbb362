import { Command, CommanderError } from 'commander';
import { parseResource } from '../transport/parse-resource.ts';
import { decimal, fieldSelector, filled, labelSelector, namespaceName, wholeNumber } from './option-values.ts';
import { printable } from './printable.ts';
import { StartError } from './start-error.ts';

/** What of a resource is reflected. Without a namespace, all of them. */
export interface Selection {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** A cluster that a kubeconfig names. */
export interface ClusterArguments extends Selection {
  readonly resource: string;
  /** Where the kubeconfig is. Default: `$KUBECONFIG`, then `~/.kube/config`, then the service account of the pod. */
  readonly kubeconfig?: string;
  /** Default: the kubeconfig's current context. */
  readonly context?: string;
}

/** The embedded API server and its pods. */
export interface DemoArguments extends Selection {
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

const demoDefaults = { objects: 1000, rate: 20 };

/** A timer beyond 2^31 ms fires at once. */
const longestRun = 2_000_000;

/**
 * Reads the arguments of the command line, without `node` and the script.
 *
 * @returns the arguments, or the text of `--help`.
 * @throws StartError in one line, that names the argument which is wrong and what is expected.
 */
export function parseArguments(argv: readonly string[]): Arguments | { readonly help: string } {
  let help = '';
  const command = describe(new Command('kuberx'))
    .exitOverride()
    .configureOutput({ writeOut: (text) => (help += text), writeErr: () => undefined });
  try {
    command.parse(argv, { from: 'user' });
    return help === '' ? argumentsOf(command.args[0], command.opts<Options>()) : { help };
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return { help };
    if (error instanceof StartError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new StartError(`${printable(message.replace(/^error: /, '')).replace(/\.$/, '')}. See --help.`, error);
  }
}

interface Options {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
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
    .argument('[resource]', 'version/plural or group/version/plural: v1/pods, apps/v1/deployments (default: v1/pods)')
    .option('--kubeconfig <path>', 'the kubeconfig (default: $KUBECONFIG, ~/.kube/config)', filled)
    .option('--context <name>', 'a context of the kubeconfig (default: its current one)', filled)
    .option('-n, --namespace <name>', 'one namespace (default: all)', namespaceName)
    .option('-l, --selector <selector>', 'a label selector, as kubectl has it', labelSelector)
    .option('--field-selector <selector>', 'a field selector, as kubectl has it', fieldSelector)
    .option('--objects <number>', `demo: how many pods (default: ${objects})`, wholeNumber(1_000_000))
    .option('--rate <number>', `demo: changes per second, 0 for none (default: ${rate})`, decimal(0, 10_000))
    .option(
      '--seconds <number>',
      'stop so many seconds after the first request, with exit code 0, synced or not (default: run until stopped)',
      decimal(0.001, longestRun),
    )
    .option('--json', "print a JSON line for each event, never an object's content, and a summary as the last line")
    .addHelpText('after', '\nExit codes: 0 stopped, 1 a fault, 2 bad arguments or access denied.')
    .allowExcessArguments(false);
}

function argumentsOf(resource: string | undefined, options: Options): Arguments {
  const { kubeconfig, context, namespace, selector, fieldSelector, objects, rate, seconds, json } = options;
  const selection: Selection = {
    ...(namespace === undefined ? {} : { namespace }),
    ...(selector ? { labelSelector: selector } : {}),
    ...(fieldSelector ? { fieldSelector } : {}),
  };
  const rest = { json: json ?? false, ...(seconds === undefined ? {} : { seconds }) };
  if (resource === undefined && kubeconfig === undefined && context === undefined) {
    const demo = { objects: objects ?? demoDefaults.objects, rate: rate ?? demoDefaults.rate, ...selection };
    return { source: { demo }, ...rest };
  }
  if (objects !== undefined || rate !== undefined) {
    const option = objects === undefined ? '--rate' : '--objects';
    throw new StartError(`${option} sizes the demo, and does not go with a cluster. See --help.`);
  }
  const cluster = {
    resource: checkedResource(resource ?? 'v1/pods'),
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(context === undefined ? {} : { context }),
    ...selection,
  };
  return { source: { cluster }, ...rest };
}

function checkedResource(text: string): string {
  try {
    parseResource(text);
    return text;
  } catch (error) {
    throw new StartError(printable((error as Error).message), error);
  }
}
