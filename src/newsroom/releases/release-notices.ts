/** The notices at the top of the page of a release: what happened to it, what stops it, and until when. */
import { getMemberName } from '../../platform/forms/correction.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { operationNotOver, type WholeFinding } from '../release-check/whole-release.ts';
import { refusalErrors } from './refusals.ts';
import {
  isOpen,
  isOperationOver,
  isOvertaken,
  isPublic,
  mayApprove,
  type Overtaken,
  publicFrom,
  publishableFrom,
  writersOf,
} from './release.ts';
import type { Notice, ReleasePageData } from './release-page.ts';

/** Published by its writers, and not yet open to the public. */
export const isEmbargoed = ({ release, publication, now }: ReleasePageData): boolean =>
  release.state === 'published' && publication !== undefined && !isPublic(publication, now);

/** The note of the step that takes the latest figures over; the figures that changed follow it. */
export const takenOverNote = 'Took over the latest signed figures and the policy in force';

export function noticesOf(shown: ReleasePageData): Notice[] {
  const { release, acts, who, names, now, signed, overtaken, publication, withdrawal, findings } = shown;
  const notices: Notice[] = [];
  const open = isOpen(release);
  const last = acts.at(-1);
  if (open && last?.act === 'edited' && last.note?.startsWith(takenOverNote))
    notices.push({
      kind: 'good',
      title: 'The new figures are in the text',
      items: last.note
        .slice(takenOverNote.length + 2)
        .split('; ')
        .filter(Boolean),
      text:
        last.note.length > takenOverNote.length
          ? 'Read the text again: other words may have to change with them.'
          : 'No figure of this release changed.',
    });
  if (withdrawal)
    notices.push({
      kind: 'withheld',
      title: publication
        ? `Withdrawn at ${formatMoment(withdrawal.at)}`
        : `Discarded at ${formatMoment(withdrawal.at)}`,
      // What was stopped before it was withdrawn, too: the next release is not to repeat it.
      ...(shown.stops.now.length > 0 && { items: shown.stops.now }),
      text: `${getMemberName(names, withdrawal.by)}: ${withdrawal.why}${publication && !isPublic(publication, withdrawal.at) ? '. It was withdrawn before anybody outside could read it.' : ''}`,
    });
  notices.push(...stopNotices(shown));
  if (last?.act === 'sent back' && last.note)
    notices.push({ kind: 'unwise', title: `Sent back by ${getMemberName(names, last.memberId)}`, text: last.note });
  if (last?.act === 'correction given up')
    notices.push({
      kind: 'good',
      title: 'The correction was given up',
      text: 'The text that is published stays as it is. What was written for the correction is among the earlier texts.',
    });
  if (open && release.correction !== null)
    notices.push({
      kind: 'waiting',
      title: 'A correction is being written',
      text: 'The public still reads the text as it was published. This takes its place when it is approved and published.',
    });
  if (release.state === 'submitted') notices.push(waitingFor(mayApprove(release, acts, who), shown));
  if (!withdrawal && release.embargoUntil && release.embargoUntil > now)
    notices.push({
      kind: 'sealed',
      title: 'Under embargo',
      text: `Nobody outside can read it before ${formatMoment(release.embargoUntil)}${publication ? '. Then everybody can, by itself' : ''}.`,
    });
  if (publication && !publication.withdrawnAt && isPublic(publication, now))
    notices.push({
      kind: 'good',
      text: `This release has been public since ${formatMoment(publicFrom(publication))}.`,
    });
  if (signed?.certificate && release.state !== 'withdrawn')
    notices.push({
      kind: 'waiting',
      title: 'The certificate is about the figures alone',
      text: `The figures of people helped in return ${signed.version} are certified. Nobody certified the text. Its words can still show who a person is, so read every one.`,
    });
  if (open && !signed && !release.importedReleaseId)
    notices.push({
      kind: 'unlawful',
      title: 'The signed figures cannot be read',
      text: refusalErrors['not the signed figures'][''] ?? '',
    });
  if (open && isOvertaken(overtaken))
    notices.push({
      kind: 'unwise',
      title: 'Newer figures or rules',
      ...changedFigures(shown),
      text: `Since this was drafted, ${listOf(overtakenWords(overtaken))}. ${overtaken.figures === undefined ? 'Press “Use the new policy”' : 'Press “Use the new figures”'} before it goes on: the numbers in the text then change by themselves, and it must be approved again.`,
    });
  if (release.state === 'published' && !withdrawal && overtaken.figures !== undefined)
    notices.push({
      kind: 'unwise',
      title: 'A newer return was signed',
      ...changedFigures(shown),
      text: `Version ${overtaken.figures} of the return was signed after this text. ${newFiguresText(shown)}`,
    });
  const blocking = [...wholeOf(shown), ...findings.filter(({ blocks }) => blocks)];
  const many = blocking.length;
  if (open && many > 0)
    notices.push({
      kind: 'unwise',
      title: many === 1 ? 'One thing must be corrected first' : `${many} things must be corrected first`,
      text:
        many === 1
          ? 'It is below, with what to do.'
          : 'They are listed below, the worst first. Their words are underlined in the text.',
    });
  return notices;
}

/** Figures of the release that the later return says otherwise, old and new. */
const changedFigures = ({ newFigures }: ReleasePageData): { readonly items?: readonly string[] } =>
  newFigures && newFigures.length > 0 ? { items: newFigures } : {};

const newFiguresText = ({ newFigures }: ReleasePageData): string =>
  newFigures === undefined
    ? 'Its figures cannot be compared. Ask an analyst what changed.'
    : newFigures.length === 0
      ? 'No figure of this release changed, so it needs no correction.'
      : 'These figures of the release changed. To change the public text, press “Correct”, then “Use the new figures”.';

/** What concerns the release as a whole, in the list of findings. */
export const wholeOf = ({ release, signed }: Pick<ReleasePageData, 'release' | 'signed'>): WholeFinding[] =>
  isOpen(release) && signed && !isOperationOver(signed)
    ? [operationNotOver(signed.facts.localDates[1], publishableFrom(signed))]
    : [];

const overtakenWords = ({ figures, policy }: Overtaken): string[] => [
  ...(figures === undefined ? [] : [`version ${figures} of the return was signed`]),
  ...(policy === undefined ? [] : [`the publication policy "${policy}" came into force`]),
];

function waitingFor(may: ReturnType<typeof mayApprove>, { release, acts, names, stops }: ReleasePageData): Notice {
  const writers = [...new Set(writersOf(release, acts).map(({ memberId }) => getMemberName(names, memberId)))];
  const by = `Written by ${listOf(writers)}.`;
  const isHeld = stops.now.length > 0;
  const next = may.ok ? 'You may approve it.' : (refusalErrors[may.refusal][''] ?? '');
  return {
    kind: 'waiting',
    title: isHeld ? 'It was submitted for approval' : 'It waits for approval',
    text: isHeld ? by : `${by} ${next}`,
  };
}

/** Safelight keeps no telephone number of a member, so the agency is the way to the lead. */
export const stoppedText =
  'It cannot be approved or published as it is. Change it, then submit it again. Look at the table of figures too: on the page “Edit” you can leave a figure out. Ask the lead which words to change, and not whom they could show. The lead and their agency are named above. Call that agency: Safelight has no number of the lead.';

/** First of all while the text waits: what a safeguarding lead said of it, or of an earlier one. */
function stopNotices({ release, stops, acts, who }: ReleasePageData): Notice[] {
  if (!isOpen(release)) return [];
  const notices: Notice[] = [];
  if (stops.now.length > 0)
    notices.push({
      kind: 'unlawful',
      title: 'A safeguarding lead stopped this text',
      items: stops.now,
      text: stoppedText,
    });
  if (stops.earlier.length > 0 && release.state !== 'approved')
    notices.push({
      kind: 'unwise',
      title: 'A safeguarding lead stopped an earlier text',
      items: stops.earlier,
      text: mayApprove(release, acts, who).ok
        ? 'Approve this text only if the change takes the danger away. If you are not sure, ask the lead.'
        : 'The approver must confirm that the change takes the danger away. A new draft leaves out the sentences and figures that were taken out after a stop.',
    });
  return notices;
}
