/** Reads a release with what its rules and pages need: its writers, its figures and its findings. Also collects the material of a new draft. */

import { memberNames } from '../../identity/agencies/index.ts';
import { dayOf } from '../../platform/clock.ts';
import type { AnyTables, AuditedReader, Reader } from '../../platform/database/database.ts';
import type { FormErrors } from '../../platform/forms/forms.ts';
import { notFound, Problem } from '../../platform/http/problem.ts';
import type { Answers, Request } from '../../platform/http/server.ts';
import { getSignedReturn } from '../../returns/index.ts';
import { newId } from '../../vocabulary/ids.ts';
import type { Jurisdiction } from '../../vocabulary/jurisdictions.ts';
import type { Decision, PublishableReturn } from '../drafting/public-figures.ts';
import type { PublicationPolicy } from '../drafting/publication-policy.ts';
import type { PrintedFigure } from '../figure-brackets/brackets.ts';
import { type ImportedRelease, webAddress } from '../imported-releases/imported-release.ts';
import { cautionsFor } from '../imported-releases/policy-today.ts';
import { findSource } from '../imported-releases/store.ts';
import { type LivePreview, showLivePreview } from '../live-preview/pages.ts';
import { listDeliveries } from '../media-list/store.ts';
import { mediaNotice } from '../publication/media-notice.ts';
import { markdownFile } from '../publication/pages.ts';
import { findFreeSlug, findPublication, findWithdrawal } from '../publication/store.ts';
import { printedFields } from '../release-check/printed-fields.ts';
import type { CheckSettings as Contacts } from '../release-check/stale-contacts.ts';
import { readShownStops } from '../submitted-releases/stop-names.ts';
import { readLengths } from './copies.ts';
import { type DraftMaterial, type EditPage, type EditPageData, editPage } from './edit-page.ts';
import { readBrackets, showFields, storeFields } from './figure-fields.ts';
import { answersOf, merge } from './forms.ts';
import { checkImported, plainPreview } from './imported-findings.ts';
import { findNameCheck } from './name-check-store.ts';
import { findLaterReturn, readNewFigures } from './new-figures.ts';
import { isPublicNow, mayReadRevision, type Overtaken, slugOf } from './release.ts';
import { type ReleaseDetails, type ReleasePage, releasePage } from './release-page.ts';
import { figureTable, findSigned } from './stated.ts';
import { divideStops } from './stopped-words.ts';
import { getRelease, getRevision, listActs, listRevisions, type Release } from './store.ts';
import { ticksOf } from './table-choice.ts';
import {
  addNameFindings,
  applyReleasePolicy,
  checkReleaseText,
  findPolicyInForce,
  loadDrafting,
  type PublicText,
  previewOf,
  publicTextOf,
  renderTitle,
} from './text.ts';

type Db = Reader<AnyTables>;

/** The day on which it is to be read first. */
export const firstReadOn = ({ embargoUntil }: Pick<Release, 'embargoUntil'>, now: Date): string =>
  dayOf(embargoUntil && embargoUntil > now ? embargoUntil : now);

export type CheckedRelease = Pick<
  ReleaseDetails,
  'signed' | 'told' | 'findings' | 'said' | 'figures' | 'leftOut' | 'preview' | 'compared'
>;

/** Checks the text of a release against its figures and the latest name comparison. Words of others are compared with names alone. */
export async function checkRelease(db: Db, release: Release, now: Date, contacts?: Contacts): Promise<CheckedRelease> {
  const signed = await findSigned(db, release);
  if (!signed) {
    const { title, area, description, keyPoints, body, quotes, picture, correction } = release;
    const said: PublicText = { title, area, description, keyPoints, body, quotes, picture, correction };
    return release.importedReleaseId
      ? { ...(await checkImported(db, release)), said, preview: await plainPreview(said) }
      : {
          signed,
          told: null,
          findings: [],
          said: undefined,
          figures: [],
          leftOut: [],
          preview: {},
          compared: undefined,
        };
  }
  const publishable = await applyReleasePolicy(release, signed);
  const compared = await findNameCheck(db, release);
  const found = await checkReleaseText(release, publishable, firstReadOn(release, now), contacts);
  const findings = await addNameFindings(found, compared?.places ?? [], release);
  const [said, preview] = await Promise.all([
    publicTextOf(release, publishable),
    previewOf(release, publishable, findings),
  ]);
  const table = said ? await figureTable(release, publishable, signed) : { figures: [], leftOut: [] };
  return { signed, told: publishable, findings, said, ...table, preview, compared };
}

/** The text of a release as the public would read it, its figures marked, and the name of each. */
export async function markFiguresIn(
  release: Release,
  { told, findings, preview }: Pick<CheckedRelease, 'told' | 'findings' | 'preview'>,
): Promise<{ readonly preview: ReleaseDetails['preview']; readonly printed: readonly PrintedFigure[] }> {
  if (!told) return { preview, printed: [] };
  const { printedFigures } = await import('../figure-brackets/brackets.ts');
  const texts = printedFields(release).map(({ source, form }) => ({ text: source, form }));
  return {
    preview: await previewOf(release, told, findings, { marksFigures: true }),
    printed: printedFigures(texts, told),
  };
}

/** What has changed under the text since it was drafted. */
export async function findOvertaken(db: Db, release: Release, today: string): Promise<Overtaken> {
  if (release.importedReleaseId !== null) return {};
  const later = await findLaterReturn(db, release);
  const policy = await findPolicyInForce(today);
  return {
    ...(later && { figures: later.version }),
    ...(policy && policy.name !== release.policy && { policy: policy.name }),
  };
}

/** Everything about one release except display-only data. Not found for members whom it does not concern. */
export async function readReleaseDetails(
  db: Db,
  id: string,
  { now, today }: Pick<Request, 'now' | 'today'>,
  contacts?: Contacts,
): Promise<ReleaseDetails> {
  const release = await getRelease(db, id);
  const acts = await listActs(db, id);
  const publication = await findPublication(db, id);
  const overtaken = await findOvertaken(db, release, today);
  return { release, acts, publication, overtaken, ...(await checkRelease(db, release, now, contacts)) };
}

/** The page of one release. */
export async function showRelease(
  db: Db,
  { id, origin, contacts }: { readonly id: string; readonly origin: string; readonly contacts: Contacts },
  { now, today, actor }: Pick<Request, 'now' | 'today' | 'actor'>,
  errors: FormErrors = {},
): Promise<ReleasePage> {
  const whole = await readReleaseDetails(db, id, { now, today }, contacts);
  const { release, acts, publication, told: publishable, said } = whole;
  const withdrawal = await findWithdrawal(db, id);
  const newFigures = withdrawal ? undefined : await readNewFigures(db, release);
  const stops = await readShownStops(db, await divideStops(db, release));
  const revisions = (await listRevisions(db, release)).filter(({ revision }) =>
    mayReadRevision(release, acts, actor, revision),
  );
  const names = await memberNames(db, [
    ...acts.map(({ memberId }) => memberId),
    ...revisions.map(({ editedBy }) => editedBy),
    withdrawal?.by ?? null,
  ]);
  const link = publication ? `/news/${publication.slug}` : undefined;
  // Another release, a withdrawn one too, may have the address that the title gives.
  const slug = publication?.slug ?? (said && (await findFreeSlug(db, said.title)));
  const url = `${origin}/news/${slug}`;
  const share = said && (await buildShareText(said, publishable, url));
  const deliveries = await listDeliveries(db, id);
  const notice = mediaNotice(publication, withdrawal, { origin, now });
  const print = await printWith(publishable);
  const lengths = said && (await readLengths(whole, said, { url, origin, now }));
  const reactive = publishable ? (await loadDrafting()).reactiveLines(publishable) : [];
  return releasePage(
    {
      ...whole,
      withdrawal,
      newFigures,
      stops,
      revisions,
      names,
      who: actor,
      now,
      share,
      lengths,
      reactive,
      notice,
      deliveries,
      link,
      print,
    },
    errors,
  );
}

/** Prints a text with placeholders in words. Without figures, it stays as it is. */
export async function printWith(publishable: PublishableReturn | null): Promise<(text: string) => string> {
  const { printedText } = await loadDrafting();
  return (text) => (publishable && /\{\{|\}\}/.test(text) ? printedText(text, publishable) : text);
}

/** What is posted on people's sites; for what others published, its title alone. */
export async function buildShareText(
  said: PublicText,
  publishable: PublishableReturn | null,
  link: string,
): Promise<string> {
  const { limit, lengthOf, shareText } = await loadDrafting();
  const shared = publishable && shareText(said, publishable, link);
  if (shared?.ok) return shared.value;
  const words = said.title.split(' ');
  while (words.length > 0 && lengthOf(`${words.join(' ')} ${link}`) > limit) words.pop();
  return `${words.join(' ')} ${link}`.trim();
}

export async function readEditPageData(
  db: Db,
  id: string,
  { now, actor, body }: Pick<Request, 'now' | 'actor' | 'body'>,
  contacts?: Contacts,
): Promise<EditPageData> {
  const release = await getRelease(db, id);
  const publication = await findPublication(db, id);
  const { told: publishable, preview, findings, figures, leftOut } = await checkRelease(db, release, now, contacts);
  const print = await printWith(publishable);
  return {
    release,
    ...(await readBrackets(release, publishable, body)),
    live: showLivePreview(release, { preview, findings, print }),
    isOut: isPublicNow(publication, now),
    table: { figures, leftOut },
    stops: await readShownStops(db, await divideStops(db, release)),
    who: actor,
  };
}

/** For the second of two writers at once: both texts, field by field, and a form that starts from the current text. `preview` shows what is in that form. */
export async function editConflictPage(
  db: Db,
  id: string,
  request: Request,
  base: number,
  preview: (fields: Answers) => Promise<LivePreview>,
): Promise<EditPage> {
  const editing = await readEditPageData(db, id, request);
  const { release, brackets } = editing;
  const began = await getRevision(db, release, base);
  const typed = release.importedReleaseId ? (request.body as Answers) : storeFields(request.body as Answers, brackets);
  const merged = merge(answersOf(began), answersOf(release), typed);
  const names = await memberNames(db, [release.editedBy]);
  const by = names.get(release.editedBy) ?? 'Somebody';
  const conflicts = Object.keys(merged.theirs);
  const errors: FormErrors =
    conflicts.length > 0
      ? Object.fromEntries(
          conflicts.map((name) => [name, `${by} changed this too. Theirs stands above; make of both what you want`]),
        )
      : { '': `${by} saved other parts of this release while you wrote. Both are in the form now: look, then save` };
  const [fields, text] = release.importedReleaseId
    ? [merged.fields, merged.theirs]
    : [showFields(merged.fields, brackets), showFields(merged.theirs, brackets)];
  Object.assign(fields, ticksOf(request.body as Answers));
  const live = release.importedReleaseId ? editing.live : await preview(fields);
  return editPage({ ...editing, live }, fields, errors, { by, at: release.editedAt, text });
}

/** The material of a new draft. Refuses an unsigned return, and a day without a policy. */
export async function readDraftMaterial(db: Db, returnId: string, today: string): Promise<DraftMaterial> {
  const signed = await getSignedReturn(db, returnId);
  const policy = await policyInForce(today);
  return { signed, policy, told: await applyReleasePolicy({ policy: policy.name, decisions: [] }, signed) };
}

async function policyInForce(today: string): Promise<PublicationPolicy> {
  const policy = await findPolicyInForce(today);
  if (!policy) throw new Problem('conflict', 'no publication policy is in force');
  return policy;
}

type DraftAuthor = Pick<Request, 'actor' | 'now' | 'today'>;

/** A draft before anybody has written anything. */
const blank = ({ actor, now }: DraftAuthor) =>
  ({
    id: newId<'release'>(),
    agencyId: actor.agencyId,
    operationId: null,
    returnId: null,
    returnDigest: null,
    importedReleaseId: null,
    importedFrom: null,
    decisions: [],
    quotes: [],
    picture: null,
    justifications: [],
    cautions: [],
    figuresLeftOut: [],
    embargoUntil: null,
    state: 'draft',
    revision: 1,
    publishedRevision: null,
    correction: null,
    editedBy: actor.memberId,
    editedAt: now,
  }) as const;

/** A release in plain English, every number of it bound to a figure of the return. */
export async function draftFrom(
  { signed, policy }: DraftMaterial,
  decisions: readonly Decision[],
  by: DraftAuthor,
): Promise<Release> {
  const { draftRelease } = await loadDrafting();
  const extras = { publishOn: by.today, embargoUntil: null, signs: ['all'], contacts: ['all'], quote: null, decisions };
  const { title, area, description, keyPoints, body } = draftRelease(signed, policy, extras);
  const publishable = await applyReleasePolicy({ policy: policy.name, decisions }, signed);
  return {
    ...blank(by),
    operationId: signed.operationId,
    returnId: signed.id,
    returnDigest: signed.digest,
    policy: policy.name,
    approval: policy.approval,
    decisions,
    title,
    shownTitle: await renderTitle(title, publishable),
    area,
    description,
    keyPoints,
    body,
  };
}

/**
 * A draft that republishes an imported release unchanged, with cautions for what today's policy would refuse. A
 * member of another agency must approve it, as for our own releases: the file may have been written here.
 */
export async function draftFromImported(
  cutting: ImportedRelease,
  by: DraftAuthor,
  jurisdiction: Jurisdiction | undefined,
): Promise<Release> {
  const { keyPointsOf, readForm } = await import('../release-reading/index.ts');
  const read = readForm(cutting.source, cutting.fileName);
  if (!read.ok) throw new Problem('conflict', 'the file is not read any more by the rules of today');
  const { points, body } = keyPointsOf(read.value.body);
  return {
    ...blank(by),
    importedReleaseId: cutting.id,
    importedFrom: { url: webAddress(cutting.url), publishedOn: cutting.publishedOn },
    policy: (await policyInForce(by.today)).name,
    approval: 'another agency',
    title: cutting.title,
    shownTitle: cutting.title,
    area: cutting.area ?? 'Area not given',
    description: read.value.description ?? '',
    keyPoints: points.map(({ text }) => text),
    body,
    cautions: await cautionsFor(cutting, by.today, jurisdiction),
  };
}

/** A release in the exchange format. An imported release exports its original bytes to the agency that has them. Not found while it has gaps. */
export async function exportRelease(
  db: AuditedReader<AnyTables>,
  id: string,
  { now, today, origin }: Pick<Request, 'now' | 'today'> & { readonly origin: string },
): Promise<{ readonly fileName: string; readonly bytes: Buffer }> {
  const { release, said, publication } = await readReleaseDetails(db, id, { now, today });
  if (!said) throw notFound('text without gaps');
  const slug = publication?.slug ?? slugOf(said.title);
  const fileName = `${slug}.md`;
  if (release.importedReleaseId !== null && (publication?.corrections ?? []).length === 0) {
    const source = await findSource(db, release.importedReleaseId);
    if (source) return { fileName, bytes: source };
  }
  const file = await markdownFile({
    ...said,
    url: release.importedFrom?.url ?? `${origin}/news/${slug}`,
    day: release.importedFrom?.publishedOn ?? (publication ? dayOf(publication.dated) : firstReadOn(release, now)),
    corrections: publication?.corrections ?? [],
    origin: release.importedFrom ? undefined : origin,
  });
  return { fileName, bytes: Buffer.from(file) };
}
