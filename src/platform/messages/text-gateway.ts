/** Text messages by an HTTP gateway that the settings describe. */
import type { Notice, Sender } from './channel.ts';
import type { Outcome } from './message.ts';
import type { GatewaySettings } from './settings.ts';
import { codeBody, textBody } from './text.ts';

/** Asks nobody but the address in the settings, follows no redirect, and reads at most the beginning of an answer. */
export function openTextGateway(settings: GatewaySettings): Sender {
  const post = async ({ id, to }: Notice, text: string): Promise<Outcome> => {
    const { address, headers, idempotencyHeader, seconds } = settings;
    try {
      const answer = await fetch(address, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/json', ...headers, [idempotencyHeader]: id },
        body: JSON.stringify(fillBody(settings.body, { to, text, key: id })),
        signal: AbortSignal.timeout(seconds * 1_000),
      });
      return await readAnswer(answer, settings);
    } catch (error) {
      return outcomeOfError(error);
    }
  };
  return {
    send: (message) => post(message, textBody),
    sendCode: ({ code, ...message }) => post(message, codeBody(code)),
    close: () => {},
  };
}

/** Puts the values in place of {to}, {text} and {key}, in every text of the template. */
function fillBody(template: unknown, values: Readonly<Record<'to' | 'text' | 'key', string>>): unknown {
  if (typeof template === 'string')
    return template.replace(/\{(to|text|key)\}/g, (_, name: keyof typeof values) => values[name]);
  if (Array.isArray(template)) return template.map((one) => fillBody(one, values));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, fillBody(value, values)]));
}

const longestAnswer = 100_000;

async function readAnswer(answer: Response, { accepted, retry, reference }: GatewaySettings): Promise<Outcome> {
  const reason = `HTTP_${answer.status || 'REDIRECT'}`;
  if (accepted.includes(answer.status)) {
    if (reference === undefined) {
      await answer.body?.cancel();
      return { kind: 'accepted' };
    }
    const body = (await answer.text()).slice(0, longestAnswer);
    // Accepted, and yet without the reference that proves it.
    return findReference(body, reference) ? { kind: 'accepted' } : { kind: 'unknown', reason: 'NO_REFERENCE' };
  }
  await answer.body?.cancel();
  // A wrong token is a mistake of the settings, not of the message.
  if ([...retry, 401, 403].includes(answer.status))
    return { kind: 'later', reason, seconds: readRetryAfter(answer.headers) };
  // A gateway that failed may have sent it before.
  return answer.status >= 500 ? { kind: 'unknown', reason } : { kind: 'refused', reason };
}

function findReference(body: string, path: string): boolean {
  try {
    let found: unknown = JSON.parse(body);
    for (const part of path.split('.')) found = (found as Record<string, unknown> | undefined)?.[part];
    return (typeof found === 'string' && found !== '') || typeof found === 'number';
  } catch {
    return false;
  }
}

const longestRetryAfter = 6 * 3_600;

/** In seconds; a date is not read. */
const readRetryAfter = (headers: Headers): number | undefined => {
  const said = headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(said) ? Math.min(Number(said), longestRetryAfter) : undefined;
};

/** Before the connection stood, nothing was sent. */
const neverSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'ENETUNREACH', 'EHOSTUNREACH'];

function outcomeOfError(error: unknown): Outcome {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  const code = cause?.code ?? '';
  if (neverSent.includes(code)) return { kind: 'later', reason: code };
  if (name === 'TimeoutError') return { kind: 'unknown', reason: 'TIMEOUT' };
  return { kind: 'unknown', reason: /^[A-Z0-9_-]{1,40}$/.test(code) ? code : 'CUT_OFF' };
}
