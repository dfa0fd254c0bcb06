/** The forms of a note: what was advised, what a person needs and wants, and correcting it. */

import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { FormErrors, Request } from '../../platform/http/server.ts';
import type { FormPage, FurtherButton } from '../../platform/rendering/pages.ts';
import { isControlSign, isDisclosed, listSigns } from '../../public/signs/index.ts';
import { type EncounterSummary, formatOnCall } from '../../visits/index.ts';
import { ages } from '../../vocabulary/age.ts';
import { visitInterpreters } from '../../vocabulary/interpreting.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { visitPaths } from '../../vocabulary/paths/visits.ts';
import {
  adviceKinds,
  correctionReasons,
  type Note,
  type NoteAnswers,
  needKinds,
  selectableOutcomes,
  understandings,
} from './note.ts';
import { describeNoteReaders, unconditionalHelpText } from './pages.ts';

const childWarning =
  'The person is under 18, or treated as a child until assessed. You must notify the council’s children’s services. Explain this to the person first. A child’s referral needs no consent: “referral declined” does not stop it.';

type NoteAuthor = Pick<Request, 'actor' | 'can' | 'today'>;

/** Only support agencies see this question. */
const disclosedIndicatorsField = (ask: FieldBuilder, { actor, today }: NoteAuthor, known?: NoteAnswers): Field[] => {
  const offered = listSigns(today).filter((sign) => isDisclosed(sign) && isControlSign(sign));
  if (actor.side !== 'help') return [];
  return [
    ask.many(
      'disclosed',
      'Which indicators did the person tell you about?',
      offered.map(({ id, text }) => ({ value: id, text })),
      {
        hint: 'Indicators that the person told you about, and signs of poor health that you saw. An indicator is not proof, and Safelight does not turn indicators into a score.',
        value: known?.disclosed,
      },
    ),
  ];
};

const noteAnswerFields = (ask: FieldBuilder, by: NoteAuthor, known?: NoteAnswers): Field[] => [
  ask.many('advice', 'What was the person advised about?', adviceKinds, { value: known?.advice }),
  ask.one('understood', 'Was it understood?', understandings, {
    hint: 'Answer if you gave advice. You can select “Not known”.',
    value: known?.understood,
  }),
  ask.many('needs', 'What does the person need?', needKinds, { value: known?.needs }),
  ask.many('outcomes', 'Outcome', selectableOutcomes, {
    hint: 'Select all that apply.',
    value: known?.outcomes,
  }),
  ask.words('wants', 'The person’s wishes, in their own words', {
    hint: 'Your text is encrypted. Leave empty if the person said nothing.',
    most: 2_000,
    value: known?.wants,
  }),
  ...disclosedIndicatorsField(ask, by, known),
];

/** At the premises, saving can go on with the visit. Not for a child: the note then says first whom to notify. */
const listWaysOn = ({ age, underWay }: EncounterSummary, by: NoteAuthor): FurtherButton[] => [
  ...(underWay && age === 'adult' && by.can('encounter.record')
    ? [{ name: 'another', text: 'Save and add another person' }]
    : []),
  ...(underWay && age === 'adult' && by.can('visit.record') && by.actor.side === 'enforcement'
    ? [{ name: 'finish', text: 'Save and finish the visit' }]
    : []),
];

/** Readers do not see the premises, so they may have to ask the author where the person is. */
const authorPhoneField = (ask: FieldBuilder, value: string | null): Field =>
  ask.text('authorPhone', 'Your phone number for readers of this note', {
    hint: 'Safeguarding leads do not see the premises. They ring you to ask where the person is.',
    inputmode: 'tel',
    autocomplete: 'tel',
    value,
  });

/** Said before the note is saved: the author may go straight on to the next person. */
const describeUrgentCall = ({ onCall }: EncounterSummary['help']): string =>
  onCall
    ? `If the person wants help now, call ${formatOnCall(onCall)} before you go on. This form notifies nobody.`
    : 'If the person wants help now, no on-call contact is in the plan: see who answers at this hour. This form notifies nobody.';

const linkToCall = ({ onCall }: EncounterSummary['help']): Pick<FormPage, 'first'> => {
  if (!onCall) return { first: { href: '/help', text: 'See who answers at this hour' } };
  return onCall.ring ? { first: { href: onCall.ring.href, text: `Call ${onCall.ring.number}` } } : {};
};

/** Form for a note on a person met. The encounter itself is already saved with the visit. */
export const noteFormPage = (
  meeting: EncounterSummary,
  by: NoteAuthor,
  id: string,
  phone: string | null = null,
): FormPage => ({
  title: 'Safeguarding note',
  caption: `Person ${meeting.number}, ${meeting.premises}`,
  lead: [describeNoteReaders(meeting.help, by.actor.memberId), unconditionalHelpText, describeUrgentCall(meeting.help)],
  ...linkToCall(meeting.help),
  ...(meeting.age !== 'adult' && { warning: childWarning }),
  button: 'Save the note',
  further: listWaysOn(meeting, by),
  cancel: visitPaths.visit(meeting.visitId),
  fields: (ask) => [...noteAnswerFields(ask, by), authorPhoneField(ask, phone), ask.hidden('id', id)],
});

/** Says which of the two saves failed. The form below keeps the typed answers. */
export const noteNotSavedError = ({ number }: EncounterSummary): FormErrors => ({
  '': `Person ${number} is saved with the visit. What the person said is not saved: the safeguarding store could not be reached. What you typed is still here. Send it again`,
});

/** Also used for correcting a record. */
export const correctionReasonField = (ask: FieldBuilder): Field =>
  ask.one('why', 'Why you correct this', correctionReasons, {
    hint: 'The earlier version stays readable. If the person tells you more in private, choose “the person said more”. If a correction comes by letter, phone or another person, pass it to your data-protection lead. The lead first checks the person’s identity.',
  });

export const correctNotePage = (note: Note, by: NoteAuthor, base: number): FormPage => ({
  title: 'Correct the note',
  button: 'Save the correction',
  cancel: notePaths.note(note.id),
  fields: (ask) => [
    ...noteAnswerFields(ask, by, note),
    ask.one('age', 'Age', ages, {
      hint: 'If you are not sure, select “Not known”. The person is then treated as a child until assessed.',
      value: note.age,
    }),
    ask.text('language', 'Language', { value: note.language }),
    ask.one('interpreter', 'Interpreter at the visit', visitInterpreters, { value: note.interpreter }),
    authorPhoneField(ask, note.authorPhone),
    correctionReasonField(ask),
    ask.hidden('base', String(base)),
  ],
});
