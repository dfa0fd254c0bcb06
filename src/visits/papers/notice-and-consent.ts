/** Two papers for the person at the premises, in large type and plain words: the notice of powers, and consent to a search. Pure. */
import { lawToCheck, sourcesOf } from '../../operations/papers/index.ts';
import { findPower, listLawfulPurposes } from '../../operations/powers-of-entry/index.ts';
import { orBlank, type PaperRow, type PaperSection, type StaffPaper } from '../../platform/paper/staff-paper.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { dayRow, formatAddress, grantRows, listSources } from './paper-parts.ts';
import type { VisitFile } from './visit-file.ts';

/** Place and day in one line under the title. */
const formatAbout = (file: VisitFile): string => `${formatAddress(file)}. ${dayRow(file).says}`;

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

/** Whether the police search under this power, so that Code B gives the occupier rights. */
function isPoliceSearch({ power }: VisitFile): boolean {
  if (!power) return false;
  const { kind, mayExecute } = power.rule;
  const byPolice = mayExecute === 'anyone' || mayExecute.includes('police force');
  return byPolice && ['warrant', 'without warrant', 'consent'].includes(kind);
}

const purposeOf = ({ power }: VisitFile): string | null =>
  power ? orBlank(capital(listLawfulPurposes(power.rule, power.planned?.purposes ?? []).join('; '))) : null;

/** What Code B gives an occupier, in our own words; elsewhere it is left to the notice of the agency. */
function rightsSection(file: VisitFile): PaperSection {
  if (!isPoliceSearch(file))
    return {
      kind: 'rows',
      title: 'Your rights',
      lead: ['The officer completes this from the notice that their agency uses now.'],
      rows: [{ asks: 'Your rights', says: null, lines: 6 }],
    };
  const kind = file.power?.rule.kind;
  return {
    kind: 'list',
    title: 'Your rights',
    items: [
      ...(kind === 'warrant' ? ['You can read the warrant. The officers give you a copy.'] : []),
      ...(kind === 'consent' ? ['You do not have to agree. If you agreed, you can say stop at any time.'] : []),
      'You can ask a friend, a neighbour or another person to watch the search. The officer in charge can say no only for a reason, and must write the reason down.',
      'If the officers keep something of yours, you can ask for a list of it.',
      'You can ask to see what they keep, or to have a photograph or a copy. The officers can say no if that would harm an investigation.',
      'You can read PACE Code B at any police station.',
    ],
  };
}

const rightsNote =
  'Your rights and the rows about complaints and damage follow PACE Code B, paragraphs 6.7, 6.11, 7.16 and 7.17, in our own words. To be checked against the Code.';

const complaintRows = (file: VisitFile): PaperRow[] => {
  const police = isPoliceSearch(file);
  return [
    { asks: 'Officer in charge', says: orBlank(file.search?.officerInCharge) },
    {
      asks: police ? 'Police force, its address and phone number' : 'Agency, its address and phone number',
      says: null,
      lines: 3,
    },
    {
      asks: 'How to complain',
      says: police
        ? 'You can complain to the police force. You can also complain to the Independent Office for Police Conduct (IOPC).'
        : null,
      lines: 2,
    },
    {
      asks: 'Damage',
      says: police
        ? 'If the officers damaged something when they came in or searched, you can ask the police force for compensation. Write to the address above.'
        : null,
      lines: 2,
    },
  ];
};

/** Notice of powers and rights. Rights that no source here gives are left to the current notice of the agency. */
export const noticeOfPowers = (file: VisitFile): StaffPaper => ({
  title: 'Notice of powers and rights',
  about: formatAbout(file),
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
        { asks: 'Power', says: orBlank(file.power?.rule.name) },
        { asks: 'Law', says: orBlank(file.power?.rule.statute) },
        ...grantRows(file),
        { asks: 'Purpose', says: purposeOf(file), lines: 2 },
        { asks: 'Things that the officers can search for and take', says: null, lines: 2 },
        limitRow(file),
        ...companyRows(file),
      ],
    },
    rightsSection(file),
    { kind: 'rows', title: 'Questions, complaints and damage', rows: complaintRows(file) },
    {
      kind: 'signatures',
      title: 'Signatures',
      people: ['Officer who gave this paper', 'Person who got it, if they want to sign'],
    },
  ],
  sources: listSources(file),
  notes: [...(isPoliceSearch(file) ? [rightsNote] : []), lawToCheck],
});

const consentNote =
  'The first page follows PACE Code B, paragraphs 5.1 to 5.3, in our own words. To be checked against the Code.';

/** What the person hears before they answer (Code B, 5.2 and 5.3): purpose, extent, no duty to agree, evidence, and whether they are suspected. */
const beforeConsent: readonly string[] = [
  'Officers ask you if they can search this place. They tell you the reason, the things they search for, and the rooms they want to search.',
  'You do not have to agree. You can say no.',
  'If you say yes, you can change your mind at any time. You can do this before the search and during it. Tell an officer. Then the search ends.',
  'If officers take something away, it can be shown in court as evidence.',
  'If you are not suspected of an offence, the officer tells you so.',
  'Only somebody with the right to admit people can agree.',
  'You can get help whether you say yes or no.',
];

/** Consent to a search. It ends when the occupier refuses or withdraws (the catalogue's entry for consent). */
export function consentToSearch(file: VisitFile): StaffPaper {
  const rule = findPower('consent', file.planned.day);
  const { languages, interpreter } = file.planned.premises;
  return {
    title: 'Consent to a search',
    about: formatAbout(file),
    marking: 'OFFICIAL',
    givenOut: true,
    lead: beforeConsent,
    sections: [
      {
        kind: 'rows',
        title: 'You',
        rows: [
          { asks: 'Your right to agree. For example, you live here, or you run the business', says: null },
          { asks: 'Your language', says: languages.length === 1 ? orBlank(languages[0]) : null },
          { asks: 'Interpreter', says: orBlank(interpreter) },
        ],
      },
      {
        kind: 'rows',
        title: 'The search',
        newPage: true,
        rows: [
          { asks: 'Why we ask', says: null },
          { asks: 'Things we look for', says: null },
          { asks: 'Which rooms and places', says: null },
          {
            asks: 'The officer crosses out one line',
            says: 'You are not suspected of an offence.\nYou are suspected of an offence.',
          },
        ],
      },
      {
        kind: 'signatures',
        title: 'If you say yes',
        lead: ['Sign only if you understand the first page.'],
        people: ['Person who says yes', 'Officer who asked', 'Interpreter, if there was one'],
      },
      {
        kind: 'rows',
        title: 'If you change your mind',
        rows: [{ asks: 'Time at which you said stop', says: null }],
      },
    ],
    sources: sourcesOf(rule),
    notes: [consentNote, lawToCheck],
  };
}
