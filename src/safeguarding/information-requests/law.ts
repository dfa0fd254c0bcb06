/** The legal tests and the notice for a police request for information about a victim, as dated data. Pure. */

export const testNames = [
  'you are thought to hold it',
  'a reasonable line of enquiry',
  'necessary and proportionate',
  'specific',
  'no less intrusive way',
  'substantial probative value',
] as const;
export type TestName = (typeof testNames)[number];

export type Test = {
  readonly name: TestName;
  /** The question on the form. */
  readonly asks: string;
  /** Only for requests that include counselling notes. */
  readonly ofCounselling?: true;
};

export type Edition = {
  readonly name: string;
  readonly from: string;
  readonly until: string | null;
  readonly tests: readonly Test[];
  /** Why the person need not be informed, or not yet. */
  readonly noticeExceptions: readonly string[];
  readonly source: string;
  readonly checked: string;
  /** Which parts were read, and what is known from elsewhere. */
  readonly read: string;
};

const held: Test = {
  name: 'you are thought to hold it',
  asks: 'Why you believe that the agency holds this information',
};
const enquiry: Test = { name: 'a reasonable line of enquiry', asks: 'Reasonable line of enquiry for this request' };
const proportionate: Test = {
  name: 'necessary and proportionate',
  asks: 'Why the request is necessary, and proportionate to its effect on the person',
};
const specific: Test = { name: 'specific', asks: 'The information needed, and the period' };
const lessIntrusive: Test = {
  name: 'no less intrusive way',
  asks: 'Less intrusive ways that were tried, and why they were not enough',
};
const probative: Test = {
  name: 'substantial probative value',
  asks: 'Why notes of counselling are likely to have substantial probative value',
  ofCounselling: true,
};

/** In order of their dates. */
export const editions: readonly Edition[] = [
  {
    name: 'data protection law',
    from: '2018-05-25',
    until: '2026-01-11',
    tests: [held, enquiry, proportionate, specific, lessIntrusive],
    noticeExceptions: [
      'telling the person would be likely to interfere with the investigation',
      'telling the person could put somebody in danger of serious harm',
    ],
    source: 'Data Protection Act 2018 Part 3; Attorney General’s Guidelines on Disclosure',
    checked: '2026-11-26',
    read: 'from general knowledge: to be read again before anybody relies on it',
  },
  {
    name: 'victim information requests',
    from: '2026-01-12',
    until: null,
    tests: [held, enquiry, proportionate, specific, lessIntrusive, probative],
    noticeExceptions: [
      'telling the person is not reasonably practicable',
      'telling the person would be likely to interfere with the investigation or enforcement of crime',
      'telling the person could put somebody in danger of serious harm',
    ],
    source:
      'sections 44A to 44E of the Police, Crime, Sentencing and Courts Act 2022, and the Code of Practice under section 44D',
    checked: '2026-11-26',
    read: 'sections 44A, 44B(1) to (4) and 44D as printed in April 2026; the exceptions of 44B(5) and the final Code second-hand',
  },
];

export function editionOn(day: string): Edition {
  const found = editions.find(({ from, until }) => from <= day && (until === null || day <= until));
  if (!found) throw new Error(`no rule for requests on ${day}`);
  return found;
}

export const editionNamed = (name: string): Edition | undefined => editions.find((one) => one.name === name);

/** The tests for a request, depending on whether it includes counselling notes. */
export const testsOf = ({ tests }: Edition, ofCounselling: boolean): Test[] =>
  tests.filter((test) => ofCounselling || !test.ofCounselling);
