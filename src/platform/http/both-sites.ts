/** Both sites behind one server: the public site answers at once, the staff site when it has been loaded. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { canonicalAddress, isUnderStaff, pathOf } from '../addresses.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Sends requests for the staff site to `staff`. Until that is open they wait; if it cannot be opened, their connections are closed. */
export function handOverToStaff(publicSite: FastifyInstance, staff: Promise<FastifyInstance>): void {
  const { server } = publicSite;
  const [answer] = server.listeners('request') as Handler[];
  if (!answer) throw new Error('the public site has no handler');
  const onStaff = staff.then(
    (site) => site.routing as Handler,
    (): Handler => (_request, response) => response.destroy(),
  );
  let answerStaff: Handler = (request, response) => void onStaff.then((handle) => handle(request, response));
  void onStaff.then((handle) => {
    answerStaff = handle;
  });
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const path = pathOf(canonicalAddress(request.url ?? '/'));
    if (isUnderStaff(path)) answerStaff(request, response);
    else answer(request, response);
  });
}
