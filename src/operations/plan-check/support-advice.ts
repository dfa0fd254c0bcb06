/** Checks that somebody reads requests for help, that those who arrange help learn of them, and that there is a private place to talk. Pure. */
import { listOf, plural } from '../../vocabulary/languages/english.ts';
import type { VisitInPlan } from '../plan/planned-visit.ts';
import { describeNoteReaders, listHelpersWithoutNotes, listNoteReaders } from '../weeks/note-readers.ts';
import type { Advice, AdviceSubject, Plan } from './entry-check.ts';

/** Whether somebody who arranges help also reads the notes. */
const readsAHelper = ({ participants, partners }: Plan): boolean =>
  listNoteReaders(participants, partners).some(({ duty }) => duty === 'arranges help');

export function supportAdvice(plan: Plan, coming: readonly VisitInPlan[]): Advice[] {
  const begun = plan.visits.length === 0 && plan.participants.length > 1;
  if (coming.length === 0 && !begun) return [];
  const { participants, partners, operation } = plan;
  const about: AdviceSubject = { of: 'operation', id: operation.id, name: operation.codeName };
  const helpers = listHelpersWithoutNotes(participants, partners);
  const advice: (Advice | false)[] = [
    listNoteReaders(participants, partners).length === 0 && {
      kind: 'unwise',
      rule: 'nobody reads notes',
      what: 'No safeguarding lead takes part in this operation.',
      about,
      why: 'No member of this operation can read a safeguarding note.',
      cure: 'Add a safeguarding lead of a support agency. If no such agency takes part yet, add it as a partner.',
    },
    helpers.length > 0 &&
      !readsAHelper(plan) && {
        kind: 'unwise',
        rule: 'helper reads no notes',
        what: `${listOf(helpers)} ${plural(helpers.length, 'has', 'have')} the duty “Arranges help”, but cannot read safeguarding notes.`,
        about,
        why: describeNoteReaders(participants, partners),
        cure: 'Give the duty to a safeguarding lead too. Or acknowledge this warning, and say who tells these people that somebody needs help.',
      },
    coming.length > 0 &&
      !participants.some(({ duty }) => duty === 'runs reception') && {
        kind: 'note',
        rule: 'no reception',
        what: 'Nobody runs a reception, where people can rest and talk in private.',
        about,
        why: 'Few people say what they need on a doorstep.',
        cure: 'Give somebody of a support agency the duty “Runs reception”.',
      },
  ];
  return advice.filter((one) => one !== false);
}
