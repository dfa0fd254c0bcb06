/** The entrance page: the same for everybody except for its target and its step, so that it is compressed once for each choice of languages. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { stepMark } from '../../platform/http/private-request.ts';
import type { ReaderLanguage } from '../../platform/offered-languages.ts';
import type { Views } from '../../platform/rendering/views.ts';
import { type ContentEncoding, encodingFor, precompressPage } from './precompressed.ts';

const targetMark = '\uE000to\uE000';
/** What an address of ours is made of; anything else comes from nobody’s link. */
const safeAddress = /^[\w\-./?=&%+~,:]*$/;

type EntrancePage = {
  readonly neutral: true;
  readonly title: string;
  readonly entrance: string;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'public/private-journey/public-entrance': EntrancePage & {
      readonly languages: readonly ReaderLanguage[];
      readonly to: string;
      readonly step: string;
    };
  }
}

export type SendEntrance = (request: FastifyRequest, reply: FastifyReply, to: string, step: string) => FastifyReply;

/** `headers` go with every answer: it is sent straight to the socket. */
export function createEntrance(
  views: Views,
  model: EntrancePage,
  offered: () => readonly ReaderLanguage[],
  headers: Readonly<Record<string, string>>,
): SendEntrance {
  const make = (languages: readonly ReaderLanguage[]) => {
    const shown = { ...model, languages, to: targetMark, step: stepMark };
    const html = views.render('public/private-journey/public-entrance', shown);
    const [first = '', between = '', last = ''] = html.split(/\uE000\w+\uE000/);
    return { languages, page: precompressPage(first), between, last };
  };
  let made = make(offered());
  const heads = {
    br: headerListOf(headers, 'br'),
    gzip: headerListOf(headers, 'gzip'),
    identity: headerListOf(headers, 'identity'),
  };
  return (request, reply, to, step) => {
    const address = safeAddress.test(to) ? to.replaceAll('&', '&amp;') : '';
    const packing = encodingFor(request);
    if (made.languages !== offered()) made = make(offered());
    const { page, between, last } = made;
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
