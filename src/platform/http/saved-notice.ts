/** Says once, on the page after a form was carried out, what was saved. A cookie carries it there, so that every form of the staff site has it and no address changes. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isSavedThing, savedSentence } from '../../vocabulary/saved-things.ts';

/** Says what kind of thing was saved, and nothing of it; gone as soon as a page has said so. */
export const savedCookie = 'safelight-saved';
const something = 'yes';
/** Longer than the next page takes. */
const seconds = 60;

/** After a form that led on: its redirect takes the notice along, also where it answers a second press. A form that opens or ends a session says so itself, and one that only begins something says nothing. */
export function registerSavedNotice(site: FastifyInstance): void {
  site.addHook('onSend', (request, reply, _payload, done) => {
    const { form, claimed, repeats } = request.work ?? {};
    const { saves } = request.routeOptions.config;
    if (saves === null) return done();
    if (form && (claimed || repeats) && reply.statusCode === 303 && !reply.hasHeader('set-cookie'))
      reply.setCookie(savedCookie, saves ?? something, { maxAge: seconds });
    done();
  });
}

/** What the page that is about to be shown says: “Note saved.”, “Saved.” where the form did not say what, or nothing. No later page says it. Takes no words from the cookie that are not ours. */
export function takeSavedNotice({ cookies }: FastifyRequest, reply: FastifyReply): string | undefined {
  const saved = cookies?.[savedCookie];
  if (saved !== something && !isSavedThing(saved)) return undefined;
  reply.clearCookie(savedCookie);
  return isSavedThing(saved) ? savedSentence(saved) : 'Saved.';
}
