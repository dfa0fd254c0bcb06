/** Requests a page from an area in this process, as no outside address can. */

import { toFormBody } from '../../platform/files/public-uploads.ts';
import { runInternally } from '../../platform/http/private-request.ts';
import type { App, Request } from '../../platform/http/server.ts';
import { type Answer, injectRequest } from './inject.ts';
import { addressOf, type JourneyRequest } from './request.ts';
import { pathOf } from './rewritten-links.ts';

/** What an area may know of the client: the network, and nothing of the browser. */
const forwardedHeaders = [
  'host',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-host',
  'sec-fetch-site',
] as const;

function headersOf(request: Request): Record<string, string> {
  const told = forwardedHeaders.map((name) => [name, request.headers[name]] as const);
  return Object.fromEntries(told.filter((one): one is [(typeof one)[0], string] => typeof one[1] === 'string'));
}

const maxRedirects = 3;

/** Internal redirects are followed here: in the browser they would appear in the history. */
export async function answerInternally(
  app: App,
  request: Request,
  asked: JourneyRequest,
  isInternal: (path: string) => boolean,
  uploaded: readonly unknown[] = [],
): Promise<Answer> {
  const headers = headersOf(request);
  const remoteAddress = request.raw.socket.remoteAddress ?? '';
  const ask = (method: JourneyRequest['way'], url: string, body?: object): Promise<Answer> =>
    runInternally({ language: asked.language, brought: uploaded, ...(body && { body }) }, async () =>
      injectRequest(app, { method, url, remoteAddress, headers }),
    );
  let answer = await ask(asked.way, addressOf(asked), asked.way === 'POST' ? toFormBody(asked.fields) : undefined);
  for (let followed = 0; answer.statusCode === 303 && followed < maxRedirects; followed += 1) {
    const next = String(answer.headers.location);
    if (!isInternal(pathOf(next))) break;
    answer = await ask('GET', next);
  }
  return answer;
}
