/** Consent and disclosures in every state that a rule distinguishes, to every support agency: open, expired, withdrawn, finished; with and without consent; requested, answered and received. */
import type { Agency } from '../../src/identity/agencies/index.ts';
import { type Db, setContext } from '../../src/platform/database/database.ts';
import {
  addConsent,
  addDisclosure,
  addGrant,
  addRefusal,
  addWithdrawal,
} from '../../src/safeguarding/consent/examples.ts';
import { addDocument } from '../../src/safeguarding/documents/examples.ts';
import type { Note } from '../../src/safeguarding/notes/note.ts';
import { addSafeguardingPaper } from '../../src/safeguarding/papers/examples.ts';
import { ofGrant } from '../../src/safeguarding/papers/store.ts';
import { addHelp, exampleSubject } from '../../src/safeguarding/people/examples.ts';
import type { Person } from '../../src/safeguarding/people/index.ts';
import { addReferral, addReferralForSubject } from '../../src/safeguarding/referrals/examples.ts';
import { addMessage } from '../../src/safeguarding/referrals/store.ts';
import { newTimelessId } from '../../src/vocabulary/ids.ts';
import type { Side } from '../../src/vocabulary/people.ts';
import type { TestApplication } from '../fixtures/application.ts';
import { query } from '../harness/sql.ts';
import { markOf } from './marks.ts';
import { type Cast, sometime } from './people.ts';

const now = new Date('2026-09-18T11:00:00Z');
/** Over for an hour, and for longer than anybody’s consent lasts. */
const before = new Date('2026-07-01T09:00:00Z');

export type Written = { readonly side: Side; readonly note: Note };

/** Changes rows at the present moment of the world. */
const change = (db: Db, work: (run: ReturnType<typeof query>) => Promise<unknown>): Promise<void> =>
  db.transaction().execute(async (tx) => {
    await setContext(tx, { now });
    await work(query(tx));
  });

export async function addAgreed(
  { safeguardingDb: db, keys }: TestApplication,
  { agencies }: Cast,
  notes: readonly Written[],
): Promise<void> {
  const helping = notes.filter(({ side }) => side === 'help').map(({ note }) => note);
  const asked = [agencies.council, agencies.nurses, agencies.otherHelp];
  const states = ['taken back', 'finished', 'run out', 'a child', 'answered'] as const;
  for (const [index, state] of [...states, ...states, ...states].entries()) {
    const note = helping[index % helping.length] as Note;
    const to = asked[index % asked.length] as Agency;
    const id = newTimelessId<'referral'>();
    const written = state === 'run out' ? { ...note, writtenAt: before } : note;
    const more = {
      id,
      words: markOf('referrals', id),
      ground: state === 'a child' ? 'treated as child' : 'agreed',
    } as const;
    const referral = await addReferral(db, keys, written, to, more);
    if (state === 'taken back') {
      const rows = await query<{ id: string }>(db)`
        select consent_id as id from person_grants where referral_id = ${id}`;
      await change(
        db,
        (run) => run`update consents set withdrawn_at = ${now}, withdrawn_by = ${note.authorId},
          withdrawn_how = 'the person themself' where id = ${rows[0]?.id}`,
      );
    }
    if (state === 'finished')
      await change(db, async (run) => {
        await run`update referrals set state = 'accepted', decided_by = ${note.authorId}, decided_at = ${now} where id = ${id}`;
        await run`update referrals set ended = 'finished', ended_at = ${now}, outcome = 'help given' where id = ${id}`;
      });
    if (state === 'answered') await addTalk({ safeguardingDb: db, keys } as TestApplication, note, referral.id, to);
  }
  // By every author of a note, also police and members who have lost access: a rule that opens to them is then noticed.
  for (const [index, { note }] of notes.entries()) {
    const known = { personId: note.encounterId, operationId: note.operationId, at: note.writtenAt };
    const by = { id: note.authorId, agencyId: note.agencyId };
    const to = (asked[index % asked.length] as Agency).id;
    const shared = await addConsent(db, keys, known, to, by, { act: 'share', items: ['where we met'] });
    await addGrant(db, keys, { consent: shared }, [{ item: 'where we met', words: note.town }], by);
    if (index % 3 === 2) await addWithdrawal(db, shared, by, now);
    await addRefusal(db, keys, known, to, by);
    await addDisclosure(db, keys, known, to, by, { basis: index % 2 ? 'court order' : 'statutory duty' });
    // One that waits for a second person, too.
    await addDisclosure(db, keys, known, to, by, { basis: 'statutory duty', approvedBy: null, approvedAt: null });
  }
  await change(
    db,
    (run) => run`update withdrawn_grants set confirmed_at = ${now}, confirmed_by = ${helping[0]?.authorId} where id in
      (select id from withdrawn_grants where ended = 'taken back' and confirmed_at is null order by id limit 2)`,
  );
}

/** Consent of people by their records, of a walk-in and of a person encountered. Written by the keeper and by somebody else, so that access by the record alone is tested. */
export async function addAgreedOfPeople(
  { safeguardingDb: db, keys }: TestApplication,
  { agencies }: Cast,
  people: readonly Person[],
): Promise<void> {
  const asked = [agencies.council, agencies.nurses, agencies.otherHelp];
  for (const [index, person] of people.entries()) {
    const keeper = { id: person.authorId, agencyId: person.agencyId };
    const next = people[(index + 1) % people.length] as Person;
    const to = asked[index % asked.length] as Agency;
    for (const by of [keeper, { id: next.authorId, agencyId: next.agencyId }]) {
      const known = { personId: person.id, operationId: person.operationId, at: sometime };
      // One paper that goes along, and one of the same group that does not.
      const papers = [];
      for (const id of [newTimelessId<'paper'>(), newTimelessId<'paper'>()])
        papers.push(
          await addDocument(db, keys, person, {
            ...{ id, called: markOf('person_documents', id) },
            ...{ agencyId: by.agencyId, authorId: by.id },
          }),
        );
      const items = ['when we met', 'papers about health'] as const;
      const shared = await addConsent(db, keys, known, to.id, by, { act: 'share', items });
      const told = { item: items[1], words: 'a letter', papers: papers.slice(0, 1) } as const;
      const grant = await addGrant(db, keys, { consent: shared }, [{ item: items[0], words: '2026-09-18' }, told], by);
      await addSafeguardingPaper(db, ofGrant(grant.id), { agencyId: by.agencyId, madeBy: by.id, madeAt: sometime });
      if (index % 4 === 3) await addWithdrawal(db, shared, by, now);
      await addRefusal(db, keys, known, to.id, by);
      await addDisclosure(db, keys, known, to.id, by, { basis: index % 2 ? 'court order' : 'child' });
      const id = newTimelessId<'referral'>();
      const words = markOf('referrals', id);
      const outside = index % 2 === 1;
      await addReferralForSubject(db, keys, { subject: exampleSubject(person), by, at: sometime }, to, {
        id,
        words,
        outside,
      });
      const act = newTimelessId<'person act'>();
      const done = { what: 'offer', help: 'health', answer: 'accepted', words: markOf('contact_notes', act) } as const;
      await addHelp(db, keys, person, done, { id: act, agencyId: by.agencyId, authorId: by.id });
    }
  }
}

/** Disclosures by an author who has since moved agency and no longer reads the record: to a third agency, to the author's new one, withdrawn, and expired. The author still reads what they wrote, but none of the documents. */
export async function addToldByMovers(
  { safeguardingDb: db, keys }: TestApplication,
  { agencies, people: cast }: Cast,
  people: readonly Person[],
): Promise<void> {
  const movers = cast.filter(({ member, side }) => side === 'help' && member.roles.join() === 'partner caseworker');
  for (const { member, agency } of movers.slice(0, 4)) {
    const person = people.find(({ agencyId, authorId }) => agencyId !== agency.id && authorId !== member.id);
    const third = [agencies.council, agencies.nurses].find(({ id }) => id !== agency.id);
    if (!person || !third) continue;
    const by = { id: member.id, agencyId: agency.id };
    for (const [to, at, taken] of [
      [third.id, sometime, false],
      [agency.id, sometime, true],
      [agency.id, before, false],
    ] as const) {
      const id = newTimelessId<'paper'>();
      await addDocument(db, keys, person, { id, called: markOf('person_documents', id) });
      const known = { personId: person.id, operationId: person.operationId, at };
      const more = { act: 'share', items: ['papers about health'] } as const;
      const shared = await addConsent(db, keys, known, to, by, more);
      const told = { item: more.items[0], words: 'a letter', papers: [{ id, called: 'a letter' }] };
      await addGrant(db, keys, { consent: shared }, [told], by);
      if (taken) await addWithdrawal(db, shared, by, now);
    }
  }
}

/** Asked for by a lead at an agency where they are no longer, of a person whose record they do not read: what they asked for they still read. */
export async function addAskedByMovers(
  { safeguardingDb: db, keys }: TestApplication,
  { agencies, people: cast }: Cast,
  people: readonly Person[],
): Promise<void> {
  const movers = cast.filter(
    ({ member, side, standing }) =>
      side === 'help' && member.roles.join() === 'safeguarding lead' && standing === 'of nobody in it',
  );
  for (const { member, agency } of movers) {
    const person = people.find(({ agencyId, authorId }) => agencyId !== agency.id && authorId !== member.id);
    if (!person) continue;
    const known = { personId: person.id, operationId: person.operationId, at: sometime };
    const by = { id: member.id, agencyId: person.agencyId };
    await addDisclosure(db, keys, known, agencies.nurses.id, by, { basis: 'court order' });
  }
}

/** A question of the agency asked, and its answer. */
async function addTalk(
  { safeguardingDb: db, keys }: TestApplication,
  note: Note,
  referralId: string,
  to: Agency,
): Promise<void> {
  for (const [agencyId, item] of [
    [to.id, null],
    [note.agencyId, 'help needed'],
  ] as const) {
    const id = newTimelessId<'message'>();
    await addMessage(db, keys, {
      id,
      referralId: referralId as never,
      agencyId,
      authorId: note.authorId,
      item,
      words: markOf('referral_messages', id),
      writtenAt: note.writtenAt,
    });
  }
}
