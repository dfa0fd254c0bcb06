/** Shows the page of an approval: what is approved, and what differs from the texts that the approver compares it with. */
import type { Answers, FormErrors } from '../../platform/forms/forms.ts';
import type { Reply, Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { fillForm } from '../../platform/rendering/pages.ts';
import { readShownStops } from '../submitted-releases/stop-names.ts';
import type { Stop } from '../submitted-releases/stops.ts';
import { approvePage, type ShownChanges } from './approve-page.ts';
import { type CheckedRelease, checkRelease, markFiguresIn, printWith } from './reading.ts';
import { divideStops, getStoppedText } from './stopped-words.ts';
import { getRevision, listActs, type Release } from './store.ts';
import { compareTexts } from './text-changes.ts';

/** The form with the text, and its differences to each text that the approver compares it with. */
export async function showApproval(
  request: Request,
  reply: Reply,
  { siteSettings }: AreaParts,
  release: Release,
  typed?: Answers,
  errors?: FormErrors,
) {
  const checked = await checkRelease(request.db, release, request.now, siteSettings);
  const { told, figures: tabled, leftOut, findings } = checked;
  const divided = await divideStops(request.db, release);
  const shown = {
    ...(await markFiguresIn(release, checked)),
    ...{ tabled, leftOut, findings },
    changes: await listChanges(request, release, checked, divided.earlier[0]),
    isStop: divided.earlier.length > 0,
    stops: await readShownStops(request.db, divided),
    print: await printWith(told),
  };
  const page = approvePage(release, { ...shown, figures: told?.counted.figures });
  return reply.page('newsroom/releases/approve', fillForm(page, typed, errors));
}

/** Differences to the public text first, then to the stopped one; where there is neither, to the one that was judged last. */
async function listChanges(
  { db, now }: Request,
  release: Release,
  checked: CheckedRelease,
  stop: Stop | undefined,
): Promise<ShownChanges[]> {
  const { publishedRevision } = release;
  const befores: { readonly title: string; readonly text: Release }[] = [];
  if (release.correction !== null && publishedRevision !== null)
    befores.push({
      title: 'Changes since the text that is public, ',
      text: await getRevision(db, release, publishedRevision),
    });
  if (stop) befores.push({ title: 'Changes since the stopped text, ', text: await getStoppedText(db, release, stop) });
  const judged = (await listActs(db, release.id)).findLast(
    ({ act, revision }) => (act === 'approved' || act === 'sent back') && revision < release.revision,
  )?.revision;
  if (befores.length === 0 && judged !== undefined)
    befores.push({ title: 'Changes since ', text: await getRevision(db, release, judged) });
  const changes: ShownChanges[] = [];
  for (const { title, text } of befores) {
    const before = await checkRelease(db, text, now);
    if (checked.said && before.said)
      changes.push({
        title: `${title}revision ${text.revision}`,
        ...compareTexts({ ...before.said, rows: before.figures }, { ...checked.said, rows: checked.figures }),
      });
  }
  return changes;
}
