/** Routes for seeing offered help, and for recording needs and answers. Read, decide, change, answer. */

import { z } from 'zod';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { CheckboxList, formIdIn, IdOf, OptionalText } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, type Request } from '../../platform/http/server.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import type { AgencyId, MemberId, PersonId } from '../../vocabulary/ids.ts';
import { peoplePaths } from '../../vocabulary/paths/safeguarding/people.ts';
import { accept } from '../../vocabulary/result.ts';
import { bannerFields } from '../case/frame.ts';
import { readCaseFrame } from '../case/read-frame.ts';
import { needKinds } from '../notes/note.ts';
import { listNotesOfPerson } from '../notes/store.ts';
import { nrmReferralFields } from '../nrm-drafts/audited-reads.ts';
import { findOngoingReferral } from '../nrm-drafts/nrm-referral.ts';
import { listNrmReferralsOf } from '../nrm-drafts/store.ts';
import { PersonPath } from '../people/forms.ts';
import { getPerson } from '../people/store.ts';
import { listReferralsOfPerson } from '../referrals/store.ts';
import {
  type AcceptedHelp,
  answers,
  type ContactNoteContent,
  type ContactNoteId,
  findAcceptedHelp,
  findHelpErrors,
  helpTypes,
} from './help.ts';
import { helpPage, helpRefusals, needsPage, offerPage } from './pages.ts';
import { addContactNote, listContactNotes } from './store.ts';

export const helpFields = ['needs', 'offers', 'answers', 'words'];

/** Lets a later module act when the person accepts help. Both are written in one transaction. */
export type HelpListener = {
  readonly begun: (tx: Writer<AnyTables>, keys: UnitKeys, help: AcceptedHelp) => Promise<void>;
  /** The person’s data that it records, for the log. */
  readonly fields: readonly string[];
};

const id = IdOf<ContactNoteId>('Open the form again');
const NeedsForm = z.object({ id, needs: CheckboxList(needKinds), words: OptionalText(2_000) });
const OfferForm = z.object({
  id,
  help: z.enum(helpTypes, 'Select the kind of help'),
  answer: z.enum(answers, 'Select the answer of the person'),
  words: OptionalText(1_000),
});
const HelpQuery = z.object({ help: z.enum(helpTypes).optional().catch(undefined) });

async function readHelp(request: Request, keys: UnitKeys, personId: PersonId) {
  const db = request.look('help.shown', personId, { fields: [...bannerFields, ...helpFields] });
  const person = await getPerson(db, keys, personId);
  const acts = await listContactNotes(db, keys, personId);
  return { person, acts, ...(await readCaseFrame(request, person, 'needs')) };
}
type Known = Awaited<ReturnType<typeof readHelp>>;

/** The same with the referrals of the person that the reader may see: an accepted one is help on its way. */
async function readHelpWithReferrals(request: Request, keys: UnitKeys, personId: PersonId) {
  const db = request.look('help.shown', personId, { fields: [...bannerFields, ...helpFields, 'referrals'] });
  const person = await getPerson(db, keys, personId);
  const acts = await listContactNotes(db, keys, personId);
  const met = person.origin === 'met at visit' ? await listNotesOfPerson(db, String(person.originId)) : [];
  const referrals = request.can('referral.read')
    ? await listReferralsOfPerson(db, { personId, noteIds: met.map((note) => note.id) })
    : [];
  return { person, acts, referrals, nrm: await findNrmUnderWay(request, keys, personId) };
}

/** An NRM referral that is being written or was sent, for who may read it. */
const findNrmUnderWay = async (request: Request, keys: UnitKeys, personId: PersonId) =>
  request.can('nrm referral.read')
    ? request.under('nrm referral.read', async (_db, look) => {
        const db = look('nrm referrals.listed', personId, { fields: nrmReferralFields });
        const all = await listNrmReferralsOf(db, keys, personId);
        request.returned(all.map((one) => one.id));
        return findOngoingReferral(all);
      })
    : undefined;

export async function helpRoutes(app: App, keys: UnitKeys, listener: HelpListener): Promise<void> {
  app.get(peoplePaths.help.route, may('help.read', PersonPath), async (request, reply) => {
    const known = await readHelpWithReferrals(request, keys, request.params.id);
    const authors = known.acts.map(({ authorId }) => authorId);
    const { agencies, names, frame } = await readCaseFrame(request, known.person, 'needs', authors);
    const may = {
      writes: request.can('help.write'),
      asks: request.can('consent.record'),
      raises: request.can('nrm referral.raise'),
    };
    return reply.page(
      'safeguarding/help/help',
      helpPage({ ...known, frame, agencies, names, today: request.today, ...may }),
    );
  });
  await writingRoutes(app, keys, listener);
}

/** What the person needs, and what they said to an offer: each is a row of its own. */
async function writingRoutes(app: App, keys: UnitKeys, listener: HelpListener): Promise<void> {
  const addNote = async (
    tx: Writer<AnyTables>,
    { person }: Known,
    note: { readonly id: ContactNoteId; readonly done: ContactNoteContent },
    { actor, now }: Request,
  ) => {
    const by = { agencyId: actor.agencyId as AgencyId, authorId: actor.memberId as MemberId };
    await addContactNote(tx, keys, { ...note, ...by, personId: person.id, at: floorToHour(now) });
    const begun = findAcceptedHelp(await listContactNotes(tx, keys, person.id), note.id);
    if (begun) await listener.begun(tx, keys, begun);
    return accept(undefined);
  };
  const writing = {
    load: (request: Request & { readonly params: { readonly id: PersonId } }) =>
      readHelp(request, keys, request.params.id),
    subject: ({ person }: Known) => person.id,
    refusals: {},
    next: (_: unknown, { person }: Known) => peoplePaths.help(person.id),
  };

  formRoute(app, peoplePaths.needs.route, {
    ...writing,
    may: may('help.write', PersonPath),
    form: NeedsForm,
    check: (_, values) => checkHelp(needsOf(values)),
    page: (known, typed) => needsPage({ ...known, id: formIdIn(typed) }),
    saves: 'Needs',
    event: 'person.needs written',
    details: () => ({ kind: 'collection', fields: ['needs', 'words'] }),
    change: (tx, known, values, request) => addNote(tx, known, { id: values.id, done: needsOf(values) }, request),
  });

  formRoute(app, peoplePaths.offer.route, {
    ...writing,
    may: may('help.write', PersonPath, HelpQuery),
    form: OfferForm,
    check: (_, values) => checkHelp(offerOf(values)),
    page: ({ person, frame }, typed, _errors, { query }) =>
      offerPage({ person, frame, help: typed ? undefined : query.help, id: formIdIn(typed) }),
    saves: 'Offer',
    event: 'person.offer written',
    details: (_, { answer }) => ({
      kind: 'collection',
      fields: ['offers', 'answers', 'words', ...(answer === 'accepted' ? listener.fields : [])],
    }),
    change: (tx, known, values, request) => addNote(tx, known, { id: values.id, done: offerOf(values) }, request),
  });
}

const needsOf = ({ needs, words }: z.output<typeof NeedsForm>): ContactNoteContent => ({ what: 'needs', needs, words });
const offerOf = ({ help, answer, words }: z.output<typeof OfferForm>): ContactNoteContent => ({
  ...{ what: 'offer', help, answer, words },
});

function checkHelp(done: ContactNoteContent): FormErrors | undefined {
  const [wrong] = findHelpErrors(done);
  return wrong && helpRefusals[wrong];
}
