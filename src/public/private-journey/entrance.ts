/** The entrance page: the same for everybody except for its target and its step, so that it is compressed once. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { stepMark } from '../../platform/http/private-request.ts';
import type { Views } from '../../platform/rendering/views.ts';
import { type ContentEncoding, encodingFor, precompressPage } from './precompressed.ts';

const targetMark = '\uE000to\uE000';
/** What an address of ours is made of; anything else comes from nobody’s link. */
const safeAddress = /^[\w\-./?=&%+~,:]*$/;

type EntrancePage = {
  readonly neutral: true;
  readonly title: string;
  readonly entrance: string;
  readonly languages: readonly { readonly code: string; readonly name: string; readonly direction: string }[];
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'public/private-journey/public-entrance': EntrancePage & { readonly to: string; readonly step: string };
  }
}

export type SendEntrance = (request: FastifyRequest, reply: FastifyReply, to: string, step: string) => FastifyReply;

/** `headers` go with every answer: it is sent straight to the socket. */
export async function createEntrance(
  views: Views,
  model: EntrancePage,
  headers: Readonly<Record<string, string>>,
): Promise<SendEntrance> {
  const html = views.render('public/private-journey/public-entrance', { ...model, to: targetMark, step: stepMark });
  const [first = '', between = '', last = ''] = html.split(/\uE000\w+\uE000/);
  const page = await precompressPage(first);
  const heads = {
    br: headerListOf(headers, 'br'),
    gzip: headerListOf(headers, 'gzip'),
    identity: headerListOf(headers, 'identity'),
  };
  return (request, reply, to, step) => {
    const address = safeAddress.test(to) ? to.replaceAll('&', '&amp;') : '';
    const packing = encodingFor(request);
    const body = page.with(`${address}${between}${step}${last}`, packing);
    reply.hijack();
    reply.raw.writeHead(200, [...heads[packing], 'content-length', String(body.length)]);
    reply.raw.end(body);
    return reply;
  };
}

/** Values after names, in order: nothing is looked up for each reader. */
const headerListOf = (headers: Readonly<Record<string, string>>, packing: ContentEncoding): readonly string[] =>
  Object.entries({
    ...headers,
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
    vary: 'accept-encoding',
    'content-type': 'text/html; charset=utf-8',
    ...(packing !== 'identity' && { 'content-encoding': packing }),
  }).flat();
