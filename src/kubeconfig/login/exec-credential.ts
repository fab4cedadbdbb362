import { createSecureContext } from 'node:tls';
import { isHeader } from '../../rest/config/is-header.ts';
import { parseYaml } from '../file/parse-yaml.ts';
import type { LoginMaterial } from './login.ts';

/** What a credential plugin gave, and until when it counts. */
export interface ExecCredential extends LoginMaterial {
  /** In milliseconds since 1970; undefined where it has no end. */
  readonly expires?: number | undefined;
}

/** Why a plugin's answer will not do: words that hold nothing of it. */
export class ExecFault extends Error {}

/**
 * Reads what a credential plugin wrote: an ExecCredential of the version that it was asked for, in JSON or YAML. Throws an
 * `ExecFault`.
 */
export function execCredential(text: string, apiVersion: string): ExecCredential {
  const answer = recordOf(parsed(text), 'what it wrote is not an object in JSON');
  if (answer['kind'] !== 'ExecCredential') throw new ExecFault('the kind of its answer is not ExecCredential');
  if (answer['apiVersion'] !== apiVersion)
    throw new ExecFault(`its answer has another apiVersion than ${apiVersion}, which the kubeconfig asks for`);
  const status = recordOf(answer['status'] ?? undefined, 'its answer has no status');
  const token = textOf(status, 'token');
  const cert = textOf(status, 'clientCertificateData');
  const key = textOf(status, 'clientKeyData');
  if (token === undefined && cert === undefined && key === undefined)
    throw new ExecFault('the status of its answer has neither a token nor a certificate with its key');
  if ((cert === undefined) !== (key === undefined))
    throw new ExecFault(
      `its answer has a ${cert === undefined ? 'key without its certificate' : 'certificate without its key'}`,
    );
  if (token !== undefined && (!isHeader(token) || token.trim() !== token))
    throw new ExecFault('its token has characters that no header can have, such as a line end');
  if (cert !== undefined && key !== undefined && !isPair(cert, key))
    throw new ExecFault('its certificate and its key are not a pair');
  return { token, cert, key, expires: expiry(status) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return parseYaml(text);
    } catch {
      return undefined;
    }
  }
}

function recordOf(value: unknown, fault: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ExecFault(fault);
  return value as Readonly<Record<string, unknown>>;
}

function textOf(status: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = status[name] ?? '';
  if (typeof value !== 'string') throw new ExecFault(`${name} of its answer is not a string`);
  return value === '' ? undefined : value;
}

function isPair(cert: string, key: string): boolean {
  try {
    createSecureContext({ cert, key });
    return true;
  } catch {
    return false;
  }
}

function expiry(status: Readonly<Record<string, unknown>>): number | undefined {
  const text = textOf(status, 'expirationTimestamp');
  if (text === undefined) return undefined;
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(time))
    throw new ExecFault('expirationTimestamp of its answer is not a time, such as 2026-01-01T00:00:00Z');
  return time;
}
