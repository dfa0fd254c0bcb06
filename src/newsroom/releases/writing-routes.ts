/** Who may change the text of a release: edit it, take figures or safer words, justify words, take over what is new. */
import { z } from 'zod';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { buttonRoute, formRoute } from '../../platform/forms/form-route.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { Problem } from '../../platform/http/problem.ts';
import { type App, IdPath, may, type Reply, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { getSignedReturn } from '../../returns/index.ts';
import { releasePaths } from '../../vocabulary/paths/newsroom.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { figureName } from '../figure-brackets/figure-names.ts';
import { singleBraces } from '../figure-brackets/unknown-brackets.ts';
import { readTypedPreview } from '../live-preview/reading.ts';
import { livePreviewRoute } from '../live-preview/routes.ts';
import { type EditPageData, editPage } from './edit-page.ts';
import {
  BaseForm,
  editForm,
  findPastEmbargo,
  ImportedReleaseForm,
  JustifyForm,
  ReplaceForm,
  SourceForm,
} from './forms.ts';
import { compareFigures, findLaterReturn } from './new-figures.ts';
import { justifyPage } from './pages.ts';
import {
  checkRelease,
  editConflictPage,
  findOvertaken,
  printWith,
  readEditPageData,
  readReleaseDetails,
  showRelease,
} from './reading.ts';
import { refusalErrors } from './refusals.ts';
import { edit, isOpen, isOvertaken } from './release.ts';
import { takenOverNote } from './release-notices.ts';
import { replaceWords, takeSaferWords, takeSentenceOut } from './safer-wording.ts';
import { findSigned } from './stated.ts';
import { addAct, lockRelease, type Release, saveRelease } from './store.ts';
import { leftOutAfter } from './table-choice.ts';
import { findPolicyInForce, type ReleaseFinding, renderTitle } from './text.ts';

const At = z.object({ at: z.string().max(40).catch(''), revision: z.coerce.number().int().catch(0) });

export async function writingRoutes(app: App, parts: AreaParts): Promise<void> {
  editRoute(app, parts);
  livePreviewRoute(app, parts);
  replaceRoute(app, parts);
  justifyRoutes(app, parts);
  renewRoute(app, parts);
}

const formFor = ({ release, brackets }: EditPageData): typeof ImportedReleaseForm | ReturnType<typeof editForm> =>
  release.importedReleaseId ? ImportedReleaseForm : editForm(brackets);

function editRoute(app: App, { siteSettings }: AreaParts): void {
  formRoute(app, releasePaths.edit.route, {
    may: may('release.write', IdPath),
    load: (request) => readEditPageData(request.db, request.params.id, request, siteSettings),
    instead: ({ release }) => (isOpen(release) ? undefined : releasePaths.release(release.id)),
    form: formFor,
    check: ({ release, isOut }, { correction, ...values }, { now }) => {
      if (release.correction !== null && !correction) return { correction: 'Enter the correction' };
      const { embargoUntil } = 'text' in values ? values.text : values;
      return isOut ? undefined : findPastEmbargo(embargoUntil, release.embargoUntil, now);
    },
    // What is typed is shown and checked again: the saved text would be another than the one in the form.
    page: async (editing, typed, errors, request) =>
      typed && editing.release.importedReleaseId === null
        ? editPage(await readTypedPreview(request.db, request.params.id, request, siteSettings), typed, errors)
        : editPage(editing, typed, errors),
    show: (reply, page) => reply.page('newsroom/releases/edit', page),
    event: changeEvent,
    subject: ({ release }) => release.id,
    change: (tx, { release: { id }, isOut, table }, { base, correction, ...values }, request) => {
      const { embargoUntil, ...words } = 'text' in values ? values.text : values;
      return changeText(tx, id, request, null, async (release) => {
        const next = edit(release, base);
        if (!next.ok) return next;
        return accept({
          ...next.value,
          ...words,
          correction: release.correction && correction,
          figuresLeftOut: leftOutAfter(release.figuresLeftOut, answersOf(request.body), table),
          embargoUntil: isOut ? release.embargoUntil : embargoUntil,
        });
      });
    },
    refusals: refusalErrors,
    refused: (refusal, { release: { id } }, reply, request) =>
      refusal === 'changed since' ? showConflict(reply, id, request, siteSettings) : undefined,
    next: (_, { release }) => releasePaths.release(release.id),
  });
}

/** Both texts, for the second of two writers at once. */
async function showConflict(
  reply: Reply,
  id: string,
  request: Request,
  contacts: AreaParts['siteSettings'],
): Promise<string> {
  const { base } = BaseForm.parse(answersOf(request.body));
  const page = await request.under('release.read', (db) =>
    editConflictPage(db, id, request, base, async (fields) => {
      const body = { ...answersOf(request.body), ...fields };
      return (await readTypedPreview(db, id, { now: request.now, actor: request.actor, body }, contacts)).live;
    }),
  );
  return reply.page('newsroom/releases/edit', page);
}

/** A figure or safer words take the place of what was found, or its sentence is taken out. */
function replaceRoute(app: App, parts: AreaParts): void {
  buttonRoute(app, releasePaths.linkFigure.route, {
    may: may('release.write', IdPath),
    load: async ({ params, body }) => {
      const form = readForm(ReplaceForm, body);
      if (!form.ok) throw new Problem('bad request', 'no such words');
      return { id: params.id, words: form.values };
    },
    event: changeEvent,
    subject: ({ id }) => id,
    change: (tx, { id, words }, _, request) =>
      changeText(tx, id, request, noteOf(words), async (release, findings) => {
        if (release.importedReleaseId !== null) return refuse('gone from the text');
        const written = findings
          .filter((one) => isSame(one, words))
          .map((one) => replaceFound(release, one, words))
          .find((one) => one !== undefined);
        if (!written) return refuse('gone from the text');
        const next = edit(release, release.revision);
        return next.ok ? accept({ ...written, state: next.value.state, revision: next.value.revision }) : next;
      }),
    refused: showRefusal(parts),
    next: (_, { id }) => releasePaths.release(id),
  });
}

type Replacement = z.output<typeof ReplaceForm>;

function noteOf(words: Replacement): string {
  if ('figure' in words) return `Linked “${words.typed}” to the figure “${figureName(words.figure)}”`;
  return words.wording === 'safer'
    ? `Took safer words for “${words.typed}”`
    : `Took out the sentence with “${words.typed}”`;
}

/** Only what was offered: undefined for anything else. */
function replaceFound(release: Release, found: ReleaseFinding, words: Replacement): Release | undefined {
  if ('figure' in words) {
    const offer = `{{${words.figure}}}`;
    return found.offers.includes(offer) ? replaceWords(release, found, offer) : undefined;
  }
  if (words.wording === 'safer') return takeSaferWords(release, found)?.text;
  return takeSentenceOut(release, found);
}

/** By hand: which form it is depends on the finding, and a finding that is gone is said on the release's own page. */
function justifyRoutes(app: App, parts: AreaParts): void {
  app.get(releasePaths.justify.route, may('release.write', IdPath, At), async (request, reply) => {
    const { release, findings, told } = await readReleaseDetails(
      request.db,
      request.params.id,
      request,
      parts.siteSettings,
    );
    const { at, revision } = request.query;
    const finding = findings.find(({ part, start }) => `${part}.${start}` === at);
    if (!finding || revision !== release.revision) return reply.redirect(releasePaths.release(release.id), 303);
    return reply.form(justifyPage(release, finding, await printWith(told)));
  });

  app.post(releasePaths.justify.route, may('release.write', IdPath), async (request, reply) => {
    const { id } = request.params;
    const typed = answersOf(request.body);
    const { release, findings, told } = await readReleaseDetails(request.db, id, request, parts.siteSettings);
    const known = findings.find((one) => isSame(one, { typed: plain(typed.typed), sentence: plain(typed.sentence) }));
    if (!known) return answerChange(request, reply, parts, refuse('gone from the text'));
    const form = readForm(known.must === 'give a source' ? SourceForm : JustifyForm, typed);
    if (!form.ok) return reply.form(justifyPage(release, known, await printWith(told)), typed, form.errors);
    const { values } = form;
    const justification = {
      typed: known.typed,
      sentence: known.sentence,
      reason: values.reason,
      by: request.actor.memberName,
      ...('url' in values && { source: { text: values.source, url: values.url, date: values.date } }),
    };
    const note = `Justified “${known.typed}”`;
    const justified = await request.change(changeEvent, id, (tx) =>
      changeText(tx, id, request, note, async (current, found) => {
        if (!found.some((one) => isSame(one, known))) return refuse('gone from the text');
        const next = edit(current, current.revision);
        if (!next.ok) return next;
        const others = current.justifications.filter((one) => !isSame(one, known));
        return accept({ ...next.value, justifications: [...others, justification] });
      }),
    );
    return answerChange(request, reply, parts, justified);
  });
}

function renewRoute(app: App, parts: AreaParts): void {
  buttonRoute(app, releasePaths.renew.route, {
    may: may('release.write', IdPath),
    load: async ({ params }) => params,
    event: changeEvent,
    subject: ({ id }) => id,
    change: (tx, { id }, _, request) => {
      let changed: readonly string[] = [];
      const note = (): string => (changed.length > 0 ? `${takenOverNote}: ${changed.join('; ')}` : takenOverNote);
      return changeText(tx, id, request, note, async (release) => {
        const next = edit(release, release.revision);
        if (!next.ok) return next;
        if (!isOvertaken(await findOvertaken(tx, release, request.today))) return refuse('nothing new');
        const later = await findLaterReturn(tx, release);
        const policy = await findPolicyInForce(request.today);
        const signed = later && (await getSignedReturn(tx, later.id));
        const before = await findSigned(tx, release);
        if (before) changed = await compareFigures(release, before, signed ?? before, policy?.name);
        return accept({
          ...next.value,
          ...(policy && { policy: policy.name, approval: policy.approval }),
          ...(signed && { returnId: signed.id, returnDigest: signed.digest }),
        });
      });
    },
    // Its page says what changed.
    saves: null,
    refused: showRefusal(parts),
    next: (_, { id }) => releasePaths.release(id),
  });
}

const plain = (value: unknown): string => String(value ?? '').replace(/\r\n?/g, '\n');
type TypedWords = { readonly typed: string; readonly sentence: string };
/** Forms carry words with single braces. */
const isSame = (one: TypedWords, other: TypedWords): boolean =>
  singleBraces(one.typed) === singleBraces(other.typed) && singleBraces(one.sentence) === singleBraces(other.sentence);

export const changeEvent = 'release edited';

/** One change of the text under lock: reads current data, decides, keeps both versions and records who did it. */
export async function changeText<Refusal extends string>(
  tx: Writer<AnyTables>,
  id: string,
  { actor, now }: Pick<Request, 'actor' | 'now'>,
  note: string | null | (() => string),
  decide: (release: Release, findings: readonly ReleaseFinding[]) => Promise<Result<Release, Refusal>>,
): Promise<Result<Release, Refusal>> {
  const release = await lockRelease(tx, id);
  const { findings } = await checkRelease(tx, release, now);
  const decided = await decide(release, findings);
  if (!decided.ok) return decided;
  const { signed, told: publishable } = await checkRelease(tx, decided.value, now);
  const written: Release = {
    ...decided.value,
    shownTitle: publishable && signed ? await renderTitle(decided.value.title, publishable) : decided.value.title,
    editedBy: actor.memberId,
    editedAt: now,
  };
  await saveRelease(tx, written);
  await addAct(tx, written, 'edited', actor, now, typeof note === 'function' ? note() : note);
  return accept(written);
}

type RefusalKey = keyof typeof refusalErrors;
type AnyRelease = Request & { readonly params: { readonly id: string } };

/** For a form or a button of a release: what was refused is said above the release as it is now. */
export const showRefusal =
  ({ origin, siteSettings }: AreaParts) =>
  async (refusal: RefusalKey, _known: unknown, reply: Reply, request: AnyRelease): Promise<string> => {
    const { id } = request.params;
    const page = await request.under('release.read', (db) =>
      showRelease(db, { id, origin, contacts: siteSettings }, request, refusalErrors[refusal]),
    );
    return reply.page('newsroom/releases/release', page);
  };

/** To the release as it is now; with what was refused above it, where it was. */
export const answerChange = (
  request: AnyRelease,
  reply: Reply,
  parts: AreaParts,
  result: Result<unknown, RefusalKey>,
): Reply | Promise<string> =>
  result.ok
    ? reply.redirect(releasePaths.release(request.params.id), 303)
    : showRefusal(parts)(result.refusal, undefined, reply, request);
