/** Two papers for the person at the premises, in large type and plain words: the notice of powers, and consent to a search. Pure. */

import { sourcesOf } from '../../operations/papers/index.ts';
import { findPower } from '../../operations/powers-of-entry/index.ts';
import { orBlank, type PaperRow, type StaffPaper } from '../../platform/paper/staff-paper.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { dayRow, formatAddress, grantRows, listSources } from './paper-parts.ts';
import type { VisitFile } from './visit-file.ts';

const placeRow = (file: VisitFile): PaperRow => ({ asks: 'Place', says: formatAddress(file) });

/** Only what was read in a source: a period that nobody checked is completed by hand. Consent and licence end with a no. */
function limitRow({ power }: VisitFile): PaperRow {
  const asks = 'When the officers can come in';
  if (power?.rule.kind === 'consent' || power?.rule.kind === 'licence')
    return { asks, says: 'Until you say no. You can say no at any time.' };
  return { asks, says: power?.rule.lasts.verified ? power.rule.lasts.says : null, lines: 2 };
}

const companyRows = ({ power }: VisitFile): PaperRow[] =>
  power?.rule.accompany === 'named on the warrant'
    ? [{ asks: 'People who can come in with the officers', says: orBlank(power.named.join('\n')), lines: 2 }]
    : [];

/** Notice of powers and rights. Rights that no source here gives are left to the current notice of the force. */
export const noticeOfPowers = (file: VisitFile): StaffPaper => ({
  title: 'Notice of powers and rights',
  about: formatAddress(file),
  marking: 'OFFICIAL',
  givenOut: true,
  lead: [
    `Officers led by ${file.operation.agencyName} came to this place. This paper names the law for it.`,
    'You can get help whether or not you speak with the officers.',
  ],
  sections: [
    {
      kind: 'rows',
      title: 'The law',
      rows: [
        placeRow(file),
        dayRow(file),
        { asks: 'Power', says: orBlank(file.power?.rule.name) },
        { asks: 'Law', says: orBlank(file.power?.rule.statute) },
        ...grantRows(file),
        { asks: 'Purpose', says: orBlank(capital((file.power?.planned?.purposes ?? []).join('; '))), lines: 2 },
        limitRow(file),
        ...companyRows(file),
      ],
    },
    {
      kind: 'rows',
      title: 'Your rights',
      lead: ['The officer completes this from the notice that the force uses now.'],
      rows: [{ asks: 'Your rights', says: null, lines: 6 }],
    },
    {
      kind: 'rows',
      title: 'Questions, complaints and damage',
      rows: [
        { asks: 'Officer in charge', says: orBlank(file.search?.officerInCharge) },
        { asks: 'Phone number for questions', says: null },
        { asks: 'How to complain', says: null, lines: 2 },
        { asks: 'What to do about damage', says: null, lines: 2 },
      ],
    },
    {
      kind: 'signatures',
      title: 'Signatures',
      people: ['Officer who gave this paper', 'Person who got it, if they want to sign'],
    },
  ],
  sources: listSources(file),
});

/** Consent to a search. It ends when the occupier refuses or withdraws (the catalogue's entry for consent). */
export function consentToSearch(file: VisitFile): StaffPaper {
  const rule = findPower('consent', file.planned.day);
  const { languages, interpreter } = file.planned.premises;
  return {
    title: 'Consent to a search',
    about: formatAddress(file),
    marking: 'OFFICIAL',
    givenOut: true,
    lead: [
      'Officers ask you if they can search this place.',
      'You can say no.',
      'If you say yes, you can change your mind at any time. Tell an officer. Then the search ends.',
      'You can get help whether you say yes or no.',
    ],
    sections: [
      {
        kind: 'rows',
        title: 'The search',
        rows: [
          placeRow(file),
          dayRow(file),
          { asks: 'Why we ask', says: null, lines: 2 },
          { asks: 'Things we look for', says: null, lines: 2 },
          { asks: 'Which rooms and places', says: null, lines: 2 },
        ],
      },
      {
        kind: 'rows',
        title: 'You',
        rows: [
          { asks: 'Your name', says: null },
          { asks: 'Your right to agree. For example, you live here, or you run the business', says: null },
          { asks: 'Your language', says: languages.length === 1 ? orBlank(languages[0]) : null },
          { asks: 'Interpreter', says: orBlank(interpreter) },
        ],
      },
      {
        kind: 'signatures',
        title: 'If you say yes',
        people: ['Person who says yes', 'Officer who asked', 'Interpreter, if there was one'],
      },
      {
        kind: 'rows',
        title: 'If you change your mind',
        rows: [{ asks: 'Time at which you said stop', says: null }],
      },
    ],
    sources: sourcesOf(rule),
  };
}
