/** Says “Saved” once, on the page after a form was carried out. A cookie carries it there, so that every form of the staff site has it and no address changes. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Says only that something was saved; gone as soon as a page has said so. */
export const savedCookie = 'safelight-saved';
const saved = 'yes';
/** Longer than the next page takes. */
const seconds = 60;

/** After a form that led on: its redirect takes the notice along, also where it answers a second press. A form that opens or ends a session says so itself. */
export function registerSavedNotice(site: FastifyInstance): void {
  site.addHook('onSend', (request, reply, _payload, done) => {
    const { form, claimed, repeats } = request.work ?? {};
    if (form && (claimed || repeats) && reply.statusCode === 303 && !reply.hasHeader('set-cookie'))
      reply.setCookie(savedCookie, saved, { maxAge: seconds });
    done();
  });
}

/** Whether the page that is about to be shown says “Saved”. No later page does. */
export function takeSavedNotice({ cookies }: FastifyRequest, reply: FastifyReply): boolean {
  if (cookies?.[savedCookie] !== saved) return false;
  reply.clearCookie(savedCookie);
  return true;
}
