/** One version of a briefing as an IIMARCH paper, with its risk assessment. Says what its reader may read of the briefing, and no more. Pure. */
import { orBlank, type PaperRow, type PaperSection, type StaffPaper } from '../../platform/paper/staff-paper.ts';
import { longDay, weekdayOf } from '../../vocabulary/calendar/days.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { adviceWords } from '../plan-check/advice-model.ts';
import type { BriefedPower, BriefedVisit, BriefingContent, RiskFile } from './briefing.ts';

/** What every team is told: the same words as on the page of the briefing. */
export const briefingReminders: readonly string[] = [
  'Any person you meet may need help. Offer help whether or not they speak with police, and whatever their status.',
  'If a person tells you about themselves, record it in a safeguarding note only.',
  'Age not known: treat the person as a child until their age is assessed.',
];

const isOn = ({ state }: BriefedVisit): boolean => state !== 'called off';
const formatTime = ({ day, hours }: BriefedVisit): string => `${weekdayOf(day)} ${longDay(day)}, ${hours}`;
const formatPlace = ({ place, address, town, postcode }: BriefedVisit): string =>
  [place, address, town, postcode].filter(Boolean).join(', ');

const information = (content: BriefingContent): PaperSection[] => [
  {
    kind: 'rows',
    title: 'Information',
    rows: [
      { asks: 'Operation', says: content.operation },
      { asks: 'Led by', says: `${content.unit}, ${content.agency}` },
      { asks: 'Dates', says: content.dates },
      { asks: 'Team', says: content.team },
    ],
  },
  {
    kind: 'table',
    title: 'Information: premises',
    columns: ['Visit', 'Place', 'Business', 'Why', 'Lived in', 'Languages'],
    widths: [1.2, 2, 1.3, 2.6, 0.9, 1.3],
    rows: content.visits.map((visit) =>
      isOn(visit)
        ? [
            visit.reference,
            formatPlace(visit),
            capital(visit.business),
            orBlank(visit.why),
            orBlank(visit.dwelling && capital(visit.dwelling)),
            orBlank(listOf(visit.languages)),
          ]
        : [visit.reference, visit.place, 'Called off', orBlank(visit.reason) ?? 'No reason recorded', '–', '–'],
    ),
    empty: 'This version shows you no visit.',
  },
];

const intention = ({ visits }: BriefingContent): PaperSection => ({
  kind: 'rows',
  title: 'Intention',
  rows: [
    {
      asks: 'Purposes of the powers',
      says: orBlank(capital([...new Set(visits.flatMap(({ power }) => power?.purposes ?? []))].join('; '))),
      lines: 2,
    },
    { asks: 'Intention of the commander', says: null, lines: 3 },
  ],
});

function formatPower({ power }: BriefedVisit): string | null {
  if (!power) return 'None chosen. Nobody enters until the senior officer says under which power.';
  const { name, state, reference, lastDay, company, namesCompany, names } = power;
  return [
    `${name}: ${state}.`,
    reference && `Reference ${reference}.`,
    lastDay && `Last day ${longDay(lastDay)}.`,
    namesCompany ? `Named to accompany: ${listOf(names) || 'nobody yet'}.` : company,
  ]
    .filter(Boolean)
    .join(' ');
}

const method = (content: BriefingContent): PaperSection[] => [
  {
    kind: 'table',
    title: 'Method',
    columns: ['When', 'Place', 'Power of entry', 'Order and other teams', 'Immigration officers'],
    widths: [1.4, 1.3, 3.2, 1.3, 1.4],
    rows: content.visits
      .filter(isOn)
      .map((visit) => [
        formatTime(visit),
        visit.place,
        formatPower(visit),
        [visit.turn !== null && `Sequence ${visit.turn}`, ...visit.others].filter(Boolean).join('; ') || 'One team',
        visit.immigration ? capital(wordsOf(visit.immigration)) : 'Not decided',
      ]),
    empty: 'This version shows you no visit that takes place.',
  },
  {
    kind: 'table',
    title: 'Method: the team',
    columns: ['Name', 'Partner', 'Duty'],
    rows: content.members.map(({ name, from, duty, leads }) => [leads ? `${name}, leads` : name, from, duty]),
    empty: 'Nobody was on the team when this was made.',
  },
];

/** What a power makes the team record. */
export const formatRecord = ({ record }: BriefedPower): string =>
  record.map((item) => (item.endsWith('.') ? item : `${item}.`)).join(' ');

const administration = (content: BriefingContent): PaperSection => ({
  kind: 'rows',
  title: 'Administration',
  rows: [
    { asks: 'Reception', says: listOf(content.reception) || 'No reception is planned' },
    { asks: 'Code for searches', says: orBlank(content.codeB) },
    {
      asks: 'Record',
      says: orBlank(
        [...new Set(content.visits.filter(isOn).flatMap(({ power }) => (power ? [formatRecord(power)] : [])))].join(
          '\n',
        ),
      ),
      lines: 2,
    },
    { asks: 'Vehicles, equipment and exhibits officer', says: null, lines: 2 },
    { asks: 'Welfare and times of duty', says: null, lines: 2 },
  ],
});

const ofOperation = (files: readonly RiskFile[]): string[] =>
  files
    .filter(({ reference }) => reference === null)
    .map(({ title }) => `Risk assessment of the operation, in the files of the plan: ${title}.`);

/** The risks of a visit, and the risk assessment that was uploaded for its place. */
const formatRisks = ({ reference, risks }: BriefedVisit, files: readonly RiskFile[]): string | null =>
  orBlank(
    [
      risks,
      ...files.filter((file) => file.reference === reference).map(({ title }) => `See the risk assessment: ${title}`),
    ]
      .filter(Boolean)
      .join('\n'),
  );

/** What is said of several places is printed once, with the places. */
function listProblems(advice: BriefingContent['advice']): string[] {
  const places = new Map<string, Set<string>>();
  const words = new Map<string, (of: string) => string>();
  for (const { kind, of, what, why, acknowledged } of advice) {
    const word = acknowledged ? 'Acknowledged warning' : adviceWords[kind];
    const key = JSON.stringify([word, what, why]);
    places.set(key, (places.get(key) ?? new Set()).add(of));
    words.set(key, (named) => `${word}, ${named}: ${what} ${why}`);
  }
  return [...words].map(([key, say]) => say(listOf([...(places.get(key) ?? [])])));
}

const riskAssessment = (content: BriefingContent): PaperSection[] => [
  {
    kind: 'table',
    title: 'Risk assessment',
    lead: ['Risks for officers, partners and the people at the premises.', ...ofOperation(content.riskFiles ?? [])],
    columns: ['Place', 'Risks recorded', 'Control measure', 'Responsible'],
    widths: [1.2, 2, 2, 1.1],
    rows: content.visits
      .filter(isOn)
      .map((visit) => [visit.place, formatRisks(visit, content.riskFiles ?? []), null, null]),
    blankRows: 2,
  },
  ...(content.advice.length > 0
    ? [
        {
          kind: 'list' as const,
          title: 'Risk assessment: problems that the checks of the plan found',
          items: listProblems(content.advice),
        },
      ]
    : []),
];

const communications = (content: BriefingContent): PaperSection[] => [
  {
    kind: 'table',
    title: 'Communications',
    columns: ['Place', 'Interpreter', 'On-call first responder'],
    widths: [1, 1.3, 1.8],
    rows: content.visits
      .filter(isOn)
      .map((visit) => [visit.place, orBlank(visit.interpreter), orBlank(visit.referrer)]),
    empty: 'This version shows you no visit that takes place.',
  },
  {
    kind: 'rows',
    title: 'Communications: to agree before you go',
    rows: [
      ...((content.commanders ?? []).length > 0
        ? [{ asks: 'Commanders of the operation', says: (content.commanders ?? []).join('\n') }]
        : []),
      ...[
        'Radio channel and call signs',
        'Commander on the day, and how to reach them',
        'Reasons to stop the visit',
      ].map((asks): PaperRow => ({ asks, says: null })),
    ],
  },
];

const humanRights: PaperSection[] = [
  {
    kind: 'rows',
    title: 'Human rights',
    rows: ['Why the entry is necessary', 'Why it is proportionate', 'Less intrusive ways that were considered'].map(
      (asks): PaperRow => ({ asks, says: null, lines: 2 }),
    ),
  },
  { kind: 'list', title: 'Human rights: for everybody', items: briefingReminders },
  { kind: 'signatures', title: 'Human rights: approval', people: ['Commander who approved the handwritten entries'] },
];

/** `leftOut` says what a reader of an immigration agency is not shown. */
export const iimarchPaper = (content: BriefingContent, leftOut: string | undefined): StaffPaper => ({
  title: 'IIMARCH briefing',
  about: `${content.operation}, ${content.team}`,
  marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
  lead: [
    'Information, intention, method, administration, risk assessment, communications, human rights.',
    ...(leftOut ? [leftOut] : []),
    'The planner keeps one signed copy with all handwritten entries (Criminal Procedure and Investigations Act 1996). Destroy every other copy when the operation is over.',
  ],
  sections: [
    ...information(content),
    intention(content),
    ...method(content),
    administration(content),
    ...riskAssessment(content),
    ...communications(content),
    ...humanRights,
  ],
  sources: [],
});
