/** The cast of the newsroom for tests, seeds and the gallery: a signed return, and releases published from it. Arranges with an all-powerful database; people and places are invented. */
import { sql } from 'kysely';
import { type Agency, addGrants, type Member } from '../../identity/agencies/index.ts';
import { addOperation } from '../../operations/weeks/examples.ts';
import type { Db } from '../../platform/database/database.ts';
import { calculateDigest, type Return } from '../../returns/return.ts';
import type { SignedReturn } from '../../vocabulary/figures.ts';
import { newId, type OperationId, type ReleaseId } from '../../vocabulary/ids.ts';
import { addPublication as insertPublication, type Publication } from '../publication/store.ts';
import { addAct, addRelease, type Release } from './store.ts';

/** A signed return of a new operation of this agency, or of one that is given. */
export async function addSignedReturn(
  db: Db,
  signed: SignedReturn & Partial<Pick<Return, 'protection'>>,
  {
    agency,
    member,
    operationId,
    at = signed.signedAt,
  }: { agency: Agency; member: Member; operationId?: string; at?: Date },
): Promise<{ readonly id: string; readonly operationId: OperationId; readonly digest: string }> {
  const operation = operationId ?? (await addOperation(db, agency, member)).id;
  const id = newId();
  const { version, stage, facts, figures, protection = [] } = signed;
  const definitions = '2026';
  const digest = calculateDigest({ operationId: operation, version, stage, definitions, facts, figures, protection });
  await sql`insert into returns (id, operation_id, version, stage, definitions, facts, figures, protection, made_by, made_at)
    values (${id}, ${operation}, ${version}, ${stage}, ${definitions}, ${JSON.stringify(facts)}, ${JSON.stringify(figures)},
      ${JSON.stringify(protection)}, ${member.id}, ${at})`.execute(db);
  await sql`insert into return_signatures (return_id, operation_id, signed_by, signed_at, digest)
    values (${id}, ${operation}, ${member.id}, ${at}, ${digest})`.execute(db);
  return { id, operationId: operation as OperationId, digest };
}

/** Lets another agency take part in the operation. */
export const addPartner = (db: Db, operationId: string, agency: Agency, by: Member): Promise<void> =>
  addGrants(db, [
    {
      relation: 'partner',
      subject: operationId,
      operationId,
      memberId: null,
      agencyId: agency.id,
      since: new Date('2000-01-01T00:00:00Z'),
      until: null,
      givenBy: by.id,
    },
  ]);

type Publisher = { agency: Agency; member: Member; from: { id: string; operationId: string; digest: string } };

/** A release that is out, with its publication, as if it had been written, approved and published at that instant. */
export async function addPublished(
  db: Db,
  { agency, member, from }: Publisher,
  more: Partial<Publication> = {},
): Promise<string> {
  const id = newId<'release'>();
  const publishedAt = more.publishedAt ?? new Date('2026-09-18T09:00:00Z');
  const publication = {
    id,
    version: 1,
    area: 'Hertfordshire',
    title: 'Eight business addresses visited in a week of action',
    description: 'Officers and nurses visited eight business addresses to find and help people harmed by exploitation.',
    keyPoints: ['Eight business addresses were visited', 'Safeguarding advice was given'],
    body: 'The teams met people **at work** and offered help.\n\n## What happened\n\nNobody was arrested.',
    quotes: [{ rank: 'Detective Sergeant', name: 'Robin Hale', unit: 'Operation Lantern', words: 'Please tell us.' }],
    picture: null,
    sources: [],
    figures: [],
    issuedBy: 'Lea Vale Constabulary',
    importedFrom: null,
    cautions: [],
    dated: publishedAt,
    publishedAt,
    embargoUntil: null,
    corrections: [],
    changedAt: publishedAt,
    ...more,
  };
  const release = releaseOf(publication, { agency, member, from });
  await addRelease(db, release);
  const who = { memberId: member.id, agencyId: agency.id };
  await addAct(db, release, 'drafted', who, publishedAt);
  await addAct(db, release, 'published', who, publishedAt);
  return insertPublication(
    db,
    publication,
    async (slug) => `${publication.title} https://safelight.example/news/${slug}`,
  );
}

/** The release behind a publication. */
const releaseOf = (
  publication: Pick<
    Publication,
    'id' | 'title' | 'area' | 'description' | 'keyPoints' | 'body' | 'quotes' | 'embargoUntil' | 'publishedAt'
  >,
  { agency, member, from }: Publisher,
): Release => ({
  id: publication.id as ReleaseId,
  agencyId: agency.id,
  operationId: from.operationId,
  returnId: from.id,
  returnDigest: from.digest,
  importedReleaseId: null,
  importedFrom: null,
  policy: 'in force from 2026',
  approval: 'another agency',
  decisions: [],
  title: publication.title,
  shownTitle: publication.title,
  area: publication.area,
  description: publication.description,
  keyPoints: publication.keyPoints,
  body: publication.body,
  quotes: publication.quotes,
  picture: null,
  justifications: [],
  cautions: [],
  figuresLeftOut: [],
  embargoUntil: publication.embargoUntil,
  state: 'published',
  revision: 1,
  publishedRevision: 1,
  correction: null,
  editedBy: member.id,
  editedAt: publication.publishedAt,
});

type Makers = {
  readonly db: Db;
  readonly agency: (kind: Agency['kind'], more: Partial<Agency>) => Promise<Agency>;
  readonly member: (agency: Agency, roles: Member['roles'], name: string) => Promise<Member>;
};

/** A signed return of the force, and press: two of the force, one of the council that takes part, one of an agency that does not. */
export async function addNewsroom({ db, agency, member }: Makers, counted: SignedReturn) {
  const force = await agency('police force', { name: 'Lea Vale Constabulary' });
  const council = await agency('council', { name: 'Lea Vale County Council' });
  const elsewhere = await agency('police force', { name: 'Farmoor Police' });
  const analyst = await member(force, ['analyst'], 'Ana Lyst');
  const signed = await addSignedReturn(db, counted, { agency: force, member: analyst });
  await addPartner(db, signed.operationId, council, analyst);
  return {
    force,
    council,
    analyst,
    signed,
    writer: await member(force, ['press'], 'Wren Writer'),
    colleague: await member(force, ['press'], 'Cole League'),
    partner: await member(council, ['press'], 'Pat Partner'),
    stranger: await member(elsewhere, ['press'], 'Sam Stranger'),
  };
}
