/** Routes for seeing offered help, and for recording needs and answers. Read, decide, change, answer. */
import { z } from 'zod';
import { floorToHour } from '../../platform/audit-hook/audit.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, AuditedReader, Writer } from '../../platform/database/database.ts';
import { answersOf, CheckboxList, OptionalText } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, type Reply, type Request, readForm } from '../../platform/http/server.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { accept } from '../../vocabulary/result.ts';
import { needKinds } from '../notes/note.ts';
import { PersonPath } from '../people/forms.ts';
import type { PersonId } from '../people/person.ts';
import { getPerson } from '../people/store.ts';
import { readNames } from '../referrals/routes.ts';
import { type ActId, answers, begunBy, type Done, type HelpBegun, helps, misdone } from './help.ts';
import { helpAt, helpPage, helpRefusals, needsPage, offerPage } from './pages.ts';
import { addAct, type HelpTables, listActs } from './store.ts';

export const helpFields = ['needs', 'offers', 'answers', 'words'];

/** Lets a later module act when the person accepts help. Both are written in one transaction. */
export type HelpFollows = {
  readonly begun: (tx: Writer<AnyTables>, keys: UnitKeys, help: HelpBegun) => Promise<void>;
  /** The person’s data that it records, for the log. */
  readonly fields: readonly string[];
};

const id = z
  .uuid('Open the form again')
  .toLowerCase()
  .transform((text) => text as ActId);
const NeedsForm = z.object({ id, needs: CheckboxList(needKinds), words: OptionalText(2_000) });
const OfferForm = z.object({
  id,
  help: z.enum(helps, 'Select which help'),
  answer: z.enum(answers, 'Select what the person said'),
  words: OptionalText(1_000),
});
const HelpQuery = z.object({ help: z.enum(helps).optional().catch(undefined) });

const idIn = (body: unknown): string => {
  const read = id.safeParse(answersOf(body).id);
  return read.success ? read.data : newTimelessId();
};

export async function helpRoutes(app: App, keys: UnitKeys, follows: HelpFollows): Promise<void> {
  const opened = async (request: Request, personId: PersonId) => {
    const db = request.look('help.shown', personId, { fields: ['called', 'age', ...helpFields] });
    const seen = db as unknown as AuditedReader<HelpTables>;
    return { person: await getPerson(seen, keys, personId), acts: await listActs(seen, keys, personId) };
  };
  const fieldsOf = (done: Done): readonly string[] =>
    done.what === 'needs'
      ? ['needs', 'words']
      : ['offers', 'answers', 'words', ...(done.answer === 'accepted' ? follows.fields : [])];
  const write = async (request: Request, reply: Reply, personId: PersonId, act: { id: ActId; done: Done }) => {
    const by = { agencyId: request.actor.agencyId as AgencyId, authorId: request.actor.memberId as MemberId };
    await request.change(
      act.done.what === 'needs' ? 'person.needs written' : 'person.offer written',
      personId,
      async (tx) => {
        await addAct(tx as never, keys, { ...act, ...by, personId, at: floorToHour(request.now) });
        const begun = begunBy(await listActs(tx as never, keys, personId), act.id);
        if (begun) await follows.begun(tx, keys, begun);
        return accept(undefined);
      },
      { kind: 'collection', fields: fieldsOf(act.done) },
    );
    return reply.redirect(helpAt(personId), 303);
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
      raises: request.can('concern.raise'),
    };
    return reply.page('safeguarding/help/help', helpPage({ ...known, names, today: request.today, ...may }));
  });

  app.get('/safeguarding/people/:id/needs', may('help.write', PersonPath), async (request, reply) =>
    reply.page('platform/form', needsPage({ ...(await opened(request, request.params.id)), id: newTimelessId() })),
  );
  app.post('/safeguarding/people/:id/needs', may('help.write', PersonPath), async (request, reply) => {
    const known = { ...(await opened(request, request.params.id)), id: idIn(request.body) };
    const again = (errors: FormErrors) =>
      reply.page('platform/form', needsPage(known, answersOf(request.body), errors));
    const form = readForm(NeedsForm, request.body);
    if (!form.ok) return again(form.errors);
    const done: Done = { what: 'needs', needs: form.values.needs, words: form.values.words };
    const [wrong] = misdone(done);
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
        offerPage({ person, help: undefined, id: idIn(request.body) }, answersOf(request.body), errors),
      );
    const form = readForm(OfferForm, request.body);
    if (!form.ok) return again(form.errors);
    const { id: actId, help, answer, words } = form.values;
    const done: Done = { what: 'offer', help, answer, words };
    const [wrong] = misdone(done);
    if (wrong) return again(helpRefusals[wrong]);
    return write(request, reply, request.params.id, { id: actId, done });
  });
}
