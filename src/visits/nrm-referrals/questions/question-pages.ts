/** What is asked of an adult before the form: consent after the words of the day, and an assessment where it is in doubt that they can decide. */
import {
  describeWords,
  digestOfWording,
  englishNameOf,
  interpretingOptions,
  type ShownWords,
  type WordingPage,
  wordingLanguageOptions,
} from '../../../nrm/consent-words/index.ts';
import type { FormErrors } from '../../../platform/http/server.ts';
import { backTo, type FormPage } from '../../../platform/rendering/pages.ts';
import { withQuery } from '../../../platform/rendering/paging.ts';
import type { ExplanationRefusal, LanguageNeeds, VisitInterpreter } from '../../../vocabulary/interpreting.ts';
import { officerReferralPaths } from '../../../vocabulary/paths/visits.ts';
import type { OpenedOfficerReferral } from '../audited-reads.ts';
import { selectableAgeBases } from '../forms.ts';
import { type AssessmentRefusal, isAgeEvidenceAsked, type OfficerReferralId } from '../nrm-referral.ts';

const backToReferral = (id: OfficerReferralId) => backTo(officerReferralPaths.referral(id), 'The NRM referral');

/** How it was interpreted at the visit or at the screening, in the words of an explanation. */
const interpretedAs: Readonly<Record<VisitInterpreter, string>> = {
  'not needed': 'nobody was needed',
  'in person': 'interpreter present',
  'by phone': 'remote interpreter',
  'none found': '',
};

/** What the visit or the screening recorded of how the person speaks. */
export const speaksOf = ({ records: { met, screening } }: OpenedOfficerReferral): LanguageNeeds => {
  const how = screening?.interpreter ?? met?.interpreter;
  return { language: met?.language, interpreter: how && how !== 'not needed' ? 'needed' : undefined };
};

/** `chosen`: the language of the words; undefined words on a day that has none. */
export function consentPage(opened: OpenedOfficerReferral, words: ShownWords | undefined, chosen: string): WordingPage {
  const { subject, records, content, premises } = opened;
  const { id } = opened.referral;
  const shown = words?.shownLanguage;
  const spoken = records.screening?.interpreter ?? (records.met?.spokenTo ? records.met.interpreter : undefined);
  const language =
    content.consent?.language ??
    (shown ? englishNameOf(shown) : (records.met?.language ?? (spoken === 'not needed' ? 'English' : '')));
  return {
    title: 'Does the person agree to be referred?',
    caption: premises,
    ...backToReferral(id),
    lead: [
      'An adult is referred only if they agree. Speak in private. Say or show these words, in a language that the person understands.',
      ...(shown ? ['The translation is an aid. It does not replace an interpreter.'] : []),
    ],
    ...(words
      ? {
          ...describeWords(words, speaksOf(opened)),
          picker: {
            address: officerReferralPaths.consent(id),
            kept: [],
            shown: chosen,
            languages: wordingLanguageOptions,
          },
          largeType: withQuery(officerReferralPaths.largeType(id), { shown: chosen }),
        }
      : { versions: [], closed: true, warning: 'No words are kept for this day, so nobody can be asked.' }),
    action: withQuery(officerReferralPaths.consent(id), { shown: chosen }),
    fields: (ask) => [
      ask.one('answer', 'What did the person say?', [
        { value: 'yes', text: 'Yes: refer them' },
        {
          value: 'no',
          text: 'No: notify the Home Office without a name',
          hint: { text: 'The person gets the same help.' },
        },
        {
          value: 'in doubt',
          text: 'Not asked: there is reason to doubt that they can decide this',
          hint: { text: 'Somebody qualified assesses it first. Fear, language or an unwise decision is no reason.' },
        },
      ]),
      ...(isAgeEvidenceAsked(subject)
        ? [
            ask.one('ageBasis', 'How do you know that the person is an adult?', selectableAgeBases, {
              hint: 'How somebody looks makes nobody an adult. They are then treated as a child until assessed.',
              value: content.ageBasis ?? '',
            }),
          ]
        : []),
      ask.text('language', 'Language of the explanation', { value: language }),
      ask.one('interpreted', 'Interpreter of the explanation', interpretingOptions(shown), {
        hint: 'Do not ask anybody who is with the person to interpret.',
        value: content.consent?.interpreted ?? (spoken ? interpretedAs[spoken] : ''),
      }),
      ask.text('interpreter', 'The interpreter’s name or number', {
        hint: 'Leave it empty if nobody interpreted.',
        value: content.consent?.interpreter ?? '',
      }),
      ask.hidden('digest', words ? digestOfWording(words) : ''),
    ],
    button: 'Save and go on',
    more: {
      href: officerReferralPaths.referral(id),
      text: 'The person wants to think about it: nothing is recorded',
    },
  };
}

export const consentErrors: Record<ExplanationRefusal | 'closed already' | 'cannot decide', FormErrors> = {
  'cannot decide': { answer: 'The assessment says that the person cannot decide this. Record a new assessment first' },
  'closed already': { '': 'This referral is closed. Open it again first' },
  'language not named': { language: 'Enter the language of the explanation' },
  'nobody interpreted': {
    interpreted: 'The language is not English. Select who interpreted, or that you both speak it',
  },
  'unreviewed words alone': {
    interpreted:
      'No speaker has checked these translated words. Select who interpreted, or that the person reads English',
  },
  'interpreter not named': { interpreter: 'Enter the interpreter’s name or number' },
  'interpreted into English': { language: 'Enter the language that the interpreter spoke with the person' },
  'not understood': { language: 'The person needs an interpreter. Enter the language that was interpreted' },
};

export const assessmentPage = ({
  referral: { id },
  content: { assessment },
  premises,
}: OpenedOfficerReferral): FormPage => ({
  title: 'Record the assessment',
  caption: premises,
  ...backToReferral(id),
  lead: [
    'Somebody qualified assesses whether the person can make this decision at this time. If they cannot, another named person decides what is best for them.',
  ],
  fields: (ask) => [
    ask.text('assessor', 'Who assessed it', { value: assessment?.assessor.name ?? '' }),
    ask.text('service', 'Their role, and where', {
      hint: 'For example: nurse, custody suite at Hatfield.',
      value: assessment?.assessor.service ?? '',
    }),
    ask.one(
      'able',
      'Result of the assessment',
      [
        { value: 'yes', text: 'The person can make this decision: ask them for consent' },
        { value: 'no', text: 'The person cannot make this decision at this time' },
      ],
      { value: assessment?.able ?? '' },
    ),
    ask.group('decides', 'If the person cannot decide', [
      ask.text('decisionMaker', 'Who decides in their best interests', {
        value: assessment?.decisionMaker?.name ?? '',
      }),
      ask.text('decisionService', 'The role of that person, and where', {
        value: assessment?.decisionMaker?.service ?? '',
      }),
      ask.one(
        'decision',
        'What was decided',
        [
          { value: 'refer', text: 'To refer the person' },
          { value: 'do not refer', text: 'Not to refer the person' },
        ],
        { value: assessment?.decision ?? '' },
      ),
    ]),
  ],
});

export const assessmentErrors: Record<AssessmentRefusal | 'closed already', FormErrors> = {
  'closed already': { '': 'This referral is closed. Open it again first' },
  'not named': { assessor: 'Enter the name as people know it, in letters' },
  'decision maker not named': { decisionMaker: 'Enter who decides, with name and role' },
  'assesses and decides': { decisionMaker: 'Name somebody else: this person assessed it' },
  'no decision': { decision: 'Select what was decided' },
};
