import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { HttpError, InputFile, type Transformer } from 'grammy';
import { UnsentError } from './errors.ts';
import { nodeSignal } from './signal.ts';

interface TransportOptions {
  readonly token: string;
  readonly apiRoot: string;
  readonly timeoutMs: number;
}

/**
 * Carries calls without files straight over Node's HTTP, at half the CPU of grammY's general way, which those
 * with files still go. What it throws is grammY's `HttpError`, without address and token, around an `UnsentError`
 * where no connection came about.
 */
export function leanTransport({ token, apiRoot, timeoutMs }: TransportOptions): Transformer {
  const root = new URL(apiRoot);
  const secure = root.protocol === 'https:';
  const request = secure ? httpsRequest : httpRequest;
  const connection = {
    agent: secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true }),
    protocol: root.protocol,
    hostname: root.hostname.replace(/^\[|\]$/g, ''),
    port: root.port,
    method: 'POST',
  };
  const path = `${root.pathname.replace(/\/$/, '')}/bot${token}/`;

  const post = <T>(method: string, body: string, signal: AbortSignal | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const call = request({ ...connection, path: path + method, headers, ...(signal && { signal }) });
      let connected = false;
      const onConnected = () => {
        connected = true;
      };
      call.on('socket', (socket) => {
        if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', onConnected);
        else onConnected();
      });
      const timer = setTimeout(() => call.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
      call.on('error', (cause) => reject(connected ? cause : new UnsentError(cause.message, { cause })));
      call.on('close', () => clearTimeout(timer));
      call.on('response', (response) => readJson<T>(response).then(resolve, reject));
      call.end(body);
    });

  return async (general, method, payload, signal) => {
    if (Object.values(payload).some((value) => value instanceof InputFile)) return general(method, payload, signal);
    try {
      return await post(method, JSON.stringify(payload), signal && nodeSignal(signal));
    } catch (cause) {
      throw new HttpError(`Network request for '${method}' failed!`, cause);
    }
  };
}

/** Like grammY, takes the server's word for the shape of an answer. */
async function readJson<T>(response: IncomingMessage): Promise<T> {
  response.setEncoding('utf8');
  let text = '';
  for await (const chunk of response) text += chunk;
  return JSON.parse(text);
}
