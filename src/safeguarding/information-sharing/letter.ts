/** The letter to an agency outside Safelight, as a paper and as plain text. It says what that agency would see on its page, and no more. Pure. */
import { dayOf } from '../../platform/clock.ts';
import { orBlank, type PaperRow, type StaffPaper } from '../../platform/paper/staff-paper.ts';
import type { SummaryRow } from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { listSharedDocuments } from '../../vocabulary/information-shared.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import type { Grant } from '../consent/grant.ts';
import { sharedItemRows, summaryRows } from '../consent/pages.ts';
import { type Agencies, agencyOf } from '../notes/pages.ts';
import { councilDuty, referralRows } from '../referrals/form-pages.ts';
import { findSenderPhone, type Referral } from '../referrals/referral.ts';
import { sharingRows } from './pages.ts';

/** What is sent, with its referral if there is one. */
export type LetterData = {
  readonly grant: Grant;
  readonly referral: Referral | undefined;
  readonly agencies: Agencies;
};

/** What the letter is about, before the items that it shows. */
const letterRows = ({ grant, referral, agencies }: LetterData): SummaryRow[] =>
  referral
    ? [...summaryRows([['Referral', referenceOf('referral', referral.id)]]), ...referralRows(referral, grant, agencies)]
    : sharingRows(grant, agencies);

const textOf = ({ value }: SummaryRow): string => ('text' in value ? String(value.text) : '');
/** Our own words begin with a capital letter. What somebody wrote stays as it is. */
const toPaperRows = (rows: readonly SummaryRow[], word: (text: string) => string = String): PaperRow[] =>
  rows.map((row) => ({ asks: row.key.text, says: orBlank(word(textOf(row))) }));

/** Mentions consent only if there was one. */
function letterIntroduction({ act, consentId }: Grant): string {
  const asks =
    act === 'refer' ? 'We ask you to help a person.' : 'We share information about a person. You are not asked to act.';
  return consentId
    ? `${asks} The person agreed to share only this with you.`
    : `${asks} The person has not consented. We share it on the legal ground below.`;
}

/** What the recipient may and must do. A council has the duty of section 52 itself, which no letter takes away. */
const letterRules = ({ grant: { consentId, recipient }, agencies }: LetterData): string[] => [
  'Use this information only for this purpose. Do not pass it on, unless a law requires it or somebody is in danger.',
  ...councilDuty(agencies.get(recipient)?.kind),
  `When we notify you that ${consentId ? 'consent is withdrawn' : 'we withdraw this'}, stop using the information and destroy it, unless a law requires you to keep it.`,
  'We do not share this information with police or immigration.',
];

export const letterTitle = (act: string): string => (act === 'refer' ? 'Referral letter' : 'Information letter');

/** The number that the sender gave with the information. */
const phoneIn = ({ shown }: Grant): string | undefined =>
  findSenderPhone({ words: shown.find(({ item }) => item === 'essential information')?.words ?? '' });

export function letterPaper(leaving: LetterData): StaffPaper {
  const { grant, agencies } = leaving;
  const enclosed = listSharedDocuments(grant.shown).map(({ called }) => called);
  const sender = agencyOf(agencies, grant.fromAgency);
  return {
    title: letterTitle(grant.act),
    about: `To ${agencyOf(agencies, grant.recipient)}`,
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    lead: [letterIntroduction(grant)],
    sections: [
      {
        kind: 'rows',
        title: 'About this letter',
        rows: [{ asks: 'Shared on', says: longDay(dayOf(grant.madeAt)) }, ...toPaperRows(letterRows(leaving), capital)],
      },
      {
        kind: 'rows',
        title: 'Information shared',
        lead: ['This letter shows only the items below.'],
        rows: toPaperRows(sharedItemRows(grant.shown)),
      },
      ...(enclosed.length > 0 ? [{ kind: 'list', title: 'Enclosed documents', items: enclosed } as const] : []),
      { kind: 'list', title: 'How to use this information', items: letterRules(leaving) },
      {
        kind: 'rows',
        title: 'Contact',
        rows: [{ asks: 'How to reach the sender', says: orBlank(phoneIn(grant)), lines: 2 }],
      },
      { kind: 'signatures', title: 'Signature', people: [`For ${sender}`] },
    ],
    sources: [],
  };
}

/** The letter as plain text, for the sealed file. */
export const letterText = (leaving: LetterData, today: string): string =>
  [
    `To ${agencyOf(leaving.agencies, leaving.grant.recipient)}, ${longDay(today)}`,
    letterIntroduction(leaving.grant),
    ...[...letterRows(leaving), ...sharedItemRows(leaving.grant.shown)].map((row) => `${row.key.text}: ${textOf(row)}`),
    // The names of the files in the package.
    ...listSharedDocuments(leaving.grant.shown).map(({ called }, index) => `paper-${index + 1}: ${called}`),
    ...letterRules(leaving),
  ].join('\n\n');
