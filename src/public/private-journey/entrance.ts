/** The entrance page: the same for everybody except for its target and its step, so that it is compressed once. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { stepMark } from '../../platform/http/private-request.ts';
import type { Model, Views } from '../../platform/rendering/views.ts';
import { openSpliced, type Packing, packingFor } from './precompressed.ts';

const toMark = '\uE000to\uE000';
/** What an address of ours is made of; anything else comes from nobody’s link. */
const plain = /^[\w\-./?=&%+~,:]*$/;

export type Door = (request: FastifyRequest, reply: FastifyReply, to: string, step: string) => FastifyReply;

/** `headers` go with every answer: it is sent straight to the socket. */
export async function openDoor(views: Views, model: Model, headers: Readonly<Record<string, string>>): Promise<Door> {
  const html = views.render('public/private-journey/public-entrance', { ...model, to: toMark, step: stepMark });
  const [first = '', between = '', last = ''] = html.split(/\uE000\w+\uE000/);
  const page = await openSpliced(first);
  const heads = { br: headOf(headers, 'br'), gzip: headOf(headers, 'gzip'), identity: headOf(headers, 'identity') };
  return (request, reply, to, step) => {
    const address = plain.test(to) ? to.replaceAll('&', '&amp;') : '';
    const packing = packingFor(request);
    const body = page.with(`${address}${between}${step}${last}`, packing);
    reply.hijack();
    reply.raw.writeHead(200, [...heads[packing], 'content-length', String(body.length)]);
    reply.raw.end(body);
    return reply;
  };
}

/** Values after names, in order: nothing is looked up for each reader. */
const headOf = (headers: Readonly<Record<string, string>>, packing: Packing): readonly string[] =>
  Object.entries({
    ...headers,
    'cache-control': 'no-store',
    vary: 'accept-encoding',
    'content-type': 'text/html; charset=utf-8',
    ...(packing !== 'identity' && { 'content-encoding': packing }),
  }).flat();
