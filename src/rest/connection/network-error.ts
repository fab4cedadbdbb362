import { KubeError } from '../../protocol/errors/kube-error.ts';
import { type Endpoint, hostOf, portOf } from './endpoint.ts';
import { HandshakeTimeout } from './handshake-timeout.ts';
import { TunnelFailure } from './tunnel.ts';

/**
 * The error of a connection that could not be made or that broke. Its message has the system's word for the failure.
 */
export function networkError(resource: string, endpoint: Endpoint, error: unknown): KubeError {
  if (error instanceof KubeError) return error;
  if (error instanceof TunnelFailure) return tunnelError(resource, endpoint, error);
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const place = `${hostOf(endpoint)} port ${portOf(endpoint)}`;
  if (error instanceof HandshakeTimeout) {
    const message = `${place} accepted the connection, but its handshake was not over within ${error.limit / 1000} s`;
    return new KubeError({ reason: 'ConnectTimeout', resource, message });
  }
  if (code === 'ECONNREFUSED') {
    const message = `nothing listens at ${place}`;
    return new KubeError({ reason: 'ConnectionRefused', resource, message, cause: error });
  }
  if (code === 'ETIMEDOUT' || code === 'ERR_SOCKET_CONNECTION_TIMEOUT') return connectTimeout(resource, endpoint);
  const words = error instanceof Error ? error.message : 'it was closed';
  const message = `the connection to ${place} failed: ${code && !words.includes(code) ? `${code}: ` : ''}${words}`;
  return new KubeError({ reason: 'Network', resource, message, cause: error });
}

function tunnelError(resource: string, endpoint: Endpoint, error: TunnelFailure): KubeError {
  const proxy = `the proxy ${endpoint.tunnel?.name ?? ''}`;
  const isRefused = error.code === 'ECONNREFUSED';
  const message = isRefused ? `nothing listens at ${proxy}` : `${proxy} ${error.message}`;
  return new KubeError({ reason: isRefused ? 'ConnectionRefused' : 'Network', resource, message, cause: error });
}

/** The error of a connection that was not made in time. */
export function connectTimeout(resource: string, endpoint: Endpoint): KubeError {
  const { tunnel } = endpoint;
  const through = tunnel === undefined ? '' : ` through the proxy ${tunnel.name}`;
  const message = `no connection to ${hostOf(endpoint)} port ${portOf(endpoint)}${through} within the connect deadline`;
  return new KubeError({ reason: 'ConnectTimeout', resource, message });
}
