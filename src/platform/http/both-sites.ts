/** Both sites behind one server: the public site answers at once, the staff site when it has been loaded. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { canonicalAddress, isUnderStaff, pathOf } from '../addresses.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Gives requests for the staff site to `staff`, which must be ready, and never rejects: a process whose staff site does not open ends. Until then they wait. */
export function handOverToStaff(publicSite: FastifyInstance, staff: Promise<FastifyInstance>): void {
  const { server } = publicSite;
  const [answer] = server.listeners('request') as Handler[];
  if (!answer) throw new Error('the public site has no handler');
  let answerStaff: Handler = (request, response) => void staff.then((site) => site.routing(request, response));
  void staff.then((site) => {
    answerStaff = site.routing;
  });
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const path = pathOf(canonicalAddress(request.url ?? '/'));
    if (isUnderStaff(path)) answerStaff(request, response);
    else answer(request, response);
  });
}
