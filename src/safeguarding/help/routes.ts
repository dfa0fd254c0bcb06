/** Routes for seeing offered help, and for recording needs and answers. Read, decide, change, answer. */

import { z } from 'zod';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, AuditedReader, Writer } from '../../platform/database/database.ts';
import { answersOf, CheckboxList, OptionalText } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, type Reply, type Request, readForm } from '../../platform/http/server.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId, type PersonId } from '../../vocabulary/ids.ts';
import { accept } from '../../vocabulary/result.ts';
import { needKinds } from '../notes/note.ts';
import { PersonPath } from '../people/forms.ts';
import { getPerson } from '../people/store.ts';
import { readNames } from '../referrals/routes.ts';
import {
  type AcceptedHelp,
  answers,
  type ContactNoteContent,
  type ContactNoteId,
  findAcceptedHelp,
  findHelpErrors,
  helpTypes,
} from './help.ts';
import { helpPage, helpPath, helpRefusals, needsPage, offerPage } from './pages.ts';
import { addContactNote, type HelpTables, listContactNotes } from './store.ts';

export const helpFields = ['needs', 'offers', 'answers', 'words'];

/** Lets a later module act when the person accepts help. Both are written in one transaction. */
export type HelpListener = {
  readonly begun: (tx: Writer<AnyTables>, keys: UnitKeys, help: AcceptedHelp) => Promise<void>;
  /** The person’s data that it records, for the log. */
  readonly fields: readonly string[];
};

const id = z
  .uuid('Open the form again')
  .toLowerCase()
  .transform((text) => text as ContactNoteId);
const NeedsForm = z.object({ id, needs: CheckboxList(needKinds), words: OptionalText(2_000) });
const OfferForm = z.object({
  id,
  help: z.enum(helpTypes, 'Select which help'),
  answer: z.enum(answers, 'Select what the person said'),
  words: OptionalText(1_000),
});
const HelpQuery = z.object({ help: z.enum(helpTypes).optional().catch(undefined) });

const parseFormId = (body: unknown): string => {
  const read = id.safeParse(answersOf(body).id);
  return read.success ? read.data : newTimelessId();
};

export async function helpRoutes(app: App, keys: UnitKeys, listener: HelpListener): Promise<void> {
  const opened = async (request: Request, personId: PersonId) => {
    const db = request.look('help.shown', personId, { fields: ['called', 'age', ...helpFields] });
    const seen = db as unknown as AuditedReader<HelpTables>;
    return { person: await getPerson(seen, keys, personId), acts: await listContactNotes(seen, keys, personId) };
  };
  const fieldsOf = (done: ContactNoteContent): readonly string[] =>
    done.what === 'needs'
      ? ['needs', 'words']
      : ['offers', 'answers', 'words', ...(done.answer === 'accepted' ? listener.fields : [])];
  const write = async (
    request: Request,
    reply: Reply,
    personId: PersonId,
    act: { id: ContactNoteId; done: ContactNoteContent },
  ) => {
    const by = { agencyId: request.actor.agencyId as AgencyId, authorId: request.actor.memberId as MemberId };
    await request.change(
      act.done.what === 'needs' ? 'person.needs written' : 'person.offer written',
      personId,
      async (tx) => {
        await addContactNote(tx as never, keys, { ...act, ...by, personId, at: floorToHour(request.now) });
        const begun = findAcceptedHelp(await listContactNotes(tx as never, keys, personId), act.id);
        if (begun) await listener.begun(tx, keys, begun);
        return accept(undefined);
      },
      { kind: 'collection', fields: fieldsOf(act.done) },
    );
    return reply.redirect(helpPath(personId), 303);
  };

  app.get('/safeguarding/people/:id/help', may('help.read', PersonPath), async (request, reply) => {
    const known = await opened(request, request.params.id);
    const { names } = await readNames(
      request,
      known.acts.map(({ authorId }) => authorId),
    );
    const may = {
      writes: request.can('help.write'),
      asks: request.can('consent.record'),
      raises: request.can('nrm referral.raise'),
    };
    return reply.page('safeguarding/help/help', helpPage({ ...known, names, today: request.today, ...may }));
  });

  app.get('/safeguarding/people/:id/needs', may('help.write', PersonPath), async (request, reply) =>
    reply.page('platform/form', needsPage({ ...(await opened(request, request.params.id)), id: newTimelessId() })),
  );
  app.post('/safeguarding/people/:id/needs', may('help.write', PersonPath), async (request, reply) => {
    const known = { ...(await opened(request, request.params.id)), id: parseFormId(request.body) };
    const again = (errors: FormErrors) =>
      reply.page('platform/form', needsPage(known, answersOf(request.body), errors));
    const form = readForm(NeedsForm, request.body);
    if (!form.ok) return again(form.errors);
    const done: ContactNoteContent = { what: 'needs', needs: form.values.needs, words: form.values.words };
    const [wrong] = findHelpErrors(done);
    if (wrong) return again(helpRefusals[wrong]);
    return write(request, reply, request.params.id, { id: form.values.id, done });
  });

  app.get('/safeguarding/people/:id/offer', may('help.write', PersonPath, HelpQuery), async (request, reply) => {
    const { person } = await opened(request, request.params.id);
    return reply.page('platform/form', offerPage({ person, help: request.query.help, id: newTimelessId() }));
  });
  app.post('/safeguarding/people/:id/offer', may('help.write', PersonPath), async (request, reply) => {
    const { person } = await opened(request, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page(
        'platform/form',
        offerPage({ person, help: undefined, id: parseFormId(request.body) }, answersOf(request.body), errors),
      );
    const form = readForm(OfferForm, request.body);
    if (!form.ok) return again(form.errors);
    const { id: actId, help, answer, words } = form.values;
    const done: ContactNoteContent = { what: 'offer', help, answer, words };
    const [wrong] = findHelpErrors(done);
    if (wrong) return again(helpRefusals[wrong]);
    return write(request, reply, request.params.id, { id: actId, done });
  });
}
