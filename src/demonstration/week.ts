/** The demonstration week as data: a week like the model's, in the same three towns, with invented premises and people. */
import type { MemberKey } from './cast.ts';

export type Met = {
  readonly place: string;
  readonly spoken?: boolean;
  readonly language: string;
  readonly interpreter: string;
  readonly sign?: { readonly id: string; readonly context: string; readonly explanation: string };
  readonly note?: {
    readonly advice: readonly string[];
    readonly needs?: readonly string[];
    readonly outcomes?: readonly string[];
    readonly wants?: string;
    readonly referral?: {
      readonly needs: readonly string[];
      readonly words: string;
      readonly answer: 'accepted' | 'declined';
      readonly reason?: string;
    };
  };
};

export type Arrested = {
  readonly sex: string;
  readonly age: number;
  readonly screening: {
    readonly outcome: string;
    readonly reason?: string;
    readonly by?: string;
    readonly interpreter?: string;
  };
};

export type Place = {
  readonly name: string;
  readonly business: string;
  readonly dwelling: string;
  readonly address: string;
  readonly town: string;
  readonly reason: string;
  readonly priority: string;
  readonly risks?: string;
  readonly languages?: string;
  readonly interpreter?: string;
  readonly basis: string;
  readonly purposes: readonly string[];
  readonly holder?: string;
  readonly reference?: string;
  /** How many days before the visit it was granted. */
  readonly issuedBefore?: number;
  readonly immigration?: string;
  readonly nobodyToRefer?: boolean;
  readonly team: 'Blue team' | 'Green team';
  /** Days after the Monday, and the time of the visit. */
  readonly day: number;
  readonly starts: string;
  /** A first visit that was called off, and why. */
  readonly calledOff?: { readonly day: number; readonly starts: string; readonly reason: string };
  readonly answer: string;
  readonly answeredBy?: string;
  readonly present: number;
  readonly met: readonly Met[];
  readonly arrested?: readonly Arrested[];
  readonly seized?: { readonly kind: string; readonly description: string; readonly pence: string };
  readonly damage?: string;
};

const warrant = { basis: 'pace-s8', purposes: ['search for evidence', 'speak with people and offer help'] };
const consent = { basis: 'consent', purposes: ['speak with people and offer help'] };
const authority = { basis: 'immigration-s28ca', purposes: ['arrest for immigration detention'], issuedBefore: 4 };
const screened = {
  outcome: 'no concern',
  by: 'Detective Constable Ravi Menon, with a safeguarding nurse',
  interpreter: 'by phone',
};

export const places: readonly Place[] = [
  {
    name: 'Orchid Rooms',
    business: 'massage or beauty',
    dwelling: 'no',
    address: '3 Tannery Yard',
    town: "Bishop's Stortford",
    priority: 'high',
    reason:
      'A neighbour told us that the same car brings the same two women every evening and waits outside until they leave. She never sees them alone.',
    risks: 'Narrow stairs; one door.',
    languages: 'Romanian',
    interpreter: 'Booked by phone, female, reference 4417',
    ...warrant,
    holder: 'Modern Slavery and Exploitation Unit',
    reference: 'W/1/2211',
    immigration: 'not present',
    team: 'Blue team',
    day: 0,
    starts: '18:30',
    answer: 'spoken with',
    answeredBy: 'a receptionist',
    present: 3,
    met: [
      {
        place: 'works there',
        language: 'Romanian',
        interpreter: 'by phone',
        sign: {
          id: 'guarded',
          context:
            'A man who said he was the driver answered each question before she could, until he was asked to wait downstairs.',
          explanation: 'He may be a friend who speaks more English.',
        },
        note: {
          advice: ['rights at work', 'safety', 'how to get help later'],
          needs: ['safety', 'shelter'],
          outcomes: ['wants help now'],
          wants: 'A place to stay where he does not come.',
          referral: {
            needs: ['safety', 'shelter'],
            words:
              'She asks for a safe place to stay this week. Best reached on her own phone after 10am, by text first. Speaks Romanian.',
            answer: 'accepted',
          },
        },
      },
      {
        place: 'works there',
        language: 'Romanian',
        interpreter: 'by phone',
        note: {
          advice: ['health', 'how to get help later'],
          outcomes: ['took a card', 'did not wish to speak to police'],
        },
      },
    ],
  },
  {
    name: 'Corner House',
    business: 'house or flat used as a business',
    dwelling: 'not known',
    address: '41 Elm Walk',
    town: "Bishop's Stortford",
    priority: 'medium',
    reason:
      'A letting agent reported that the rooms are let by the day and that the tenant named in the contract was never seen.',
    ...consent,
    immigration: 'not present',
    team: 'Green team',
    day: 0,
    starts: '11:00',
    answer: 'nobody in',
    present: 0,
    met: [],
  },
  {
    name: 'Meadow Nails',
    business: 'nail bar',
    dwelling: 'no',
    address: '9 Market Row',
    town: "Bishop's Stortford",
    priority: 'low',
    reason: 'A customer said that a girl who looked very young works there in school hours.',
    ...consent,
    immigration: 'not present',
    team: 'Green team',
    day: 1,
    starts: '14:00',
    answer: 'spoken with',
    answeredBy: 'the manager',
    present: 4,
    met: [
      { place: 'runs it', language: 'English', interpreter: 'not needed' },
      {
        place: 'works there',
        language: 'English',
        interpreter: 'not needed',
        note: { advice: ['rights at work'], outcomes: ['wants nothing now', 'took a card'] },
      },
    ],
  },
  {
    name: 'Willow Therapy',
    business: 'massage or beauty',
    dwelling: 'no',
    address: '22 Castle Street',
    town: "Bishop's Stortford",
    priority: 'medium',
    reason: 'Two advertisements with one phone number, in the words of somebody other than the person shown.',
    languages: 'Portuguese',
    interpreter: 'In person, female, reference 4420',
    ...consent,
    immigration: 'not present',
    team: 'Green team',
    day: 2,
    starts: '16:00',
    answer: 'spoken with',
    answeredBy: 'a woman who works there',
    present: 2,
    met: [
      {
        place: 'works there',
        language: 'Portuguese',
        interpreter: 'in person',
        note: { advice: ['sexual health', 'health'], needs: ['health'], outcomes: ['wants help later', 'took a card'] },
      },
    ],
  },
  {
    name: 'Station Beauty',
    business: 'massage or beauty',
    dwelling: 'no',
    address: '118 Station Road',
    town: 'Watford',
    priority: 'high',
    reason: 'A former worker told a charity that wages there are kept back for a debt that never gets smaller.',
    languages: 'Vietnamese',
    interpreter: 'By phone, female, reference 4423',
    ...authority,
    holder: 'Immigration and Border Compliance East',
    reference: 'AD/2210',
    immigration: 'enters after the first talk',
    team: 'Blue team',
    day: 2,
    starts: '10:30',
    answer: 'spoken with',
    answeredBy: 'the manager',
    present: 5,
    met: [
      {
        place: 'works there',
        language: 'Vietnamese',
        interpreter: 'by phone',
        sign: {
          id: 'earnings taken',
          context: 'She said that what she earns goes to somebody else and that she is given money for food.',
          explanation: 'A family may share its earnings by agreement.',
        },
        note: {
          advice: ['rights at work', 'legal advice'],
          needs: ['money', 'legal advice'],
          outcomes: ['wants help later'],
          wants: 'To talk to a lawyer before anybody else.',
          referral: {
            needs: ['legal advice', 'money'],
            words:
              'She would like advice on pay that was kept back. Call only on a weekday morning. Speaks Vietnamese.',
            answer: 'declined',
            reason: 'We have no money advice in Vietnamese this month; we gave the number of the law centre.',
          },
        },
      },
      { place: 'works there', language: 'Vietnamese', interpreter: 'by phone' },
      { place: 'works there', language: 'Vietnamese', interpreter: 'by phone' },
    ],
    arrested: [
      { sex: 'female', age: 30, screening: screened },
      { sex: 'female', age: 37, screening: { ...screened, outcome: 'concern raised' } },
    ],
  },
  {
    name: 'Kingfisher House',
    business: 'house or flat used as a business',
    dwelling: 'yes',
    address: '6 Kingfisher Close',
    town: 'Watford',
    priority: 'high',
    reason: 'Health visitors noticed bars inside the windows and several people sleeping in one room.',
    languages: 'Vietnamese',
    interpreter: 'In person, male and female, reference 4424',
    basis: 'immigration-para17',
    purposes: ['arrest for immigration detention'],
    holder: 'Immigration and Border Compliance East',
    reference: 'P17/0931',
    immigration: 'enters after the first talk',
    team: 'Blue team',
    day: 3,
    starts: '07:00',
    answer: 'spoken with',
    answeredBy: 'a man who lives there',
    present: 4,
    met: [
      {
        place: 'lives there',
        language: 'Vietnamese',
        interpreter: 'in person',
        note: {
          advice: ['safety', 'immigration advice', 'how to get help later'],
          outcomes: ['did not wish to speak to police', 'took a card'],
        },
      },
      { place: 'lives there', language: 'Vietnamese', interpreter: 'in person' },
    ],
    arrested: [
      { sex: 'female', age: 32, screening: { ...screened, interpreter: 'in person' } },
      {
        sex: 'male',
        age: 32,
        screening: {
          outcome: 'not done',
          reason:
            'Taken to hospital before anybody could speak with him; the custody nurse was asked to screen him there.',
        },
      },
    ],
    damage: 'The lock of the back door, made good the same day',
  },
  {
    name: 'Riverside Cars',
    business: 'car wash',
    dwelling: 'no',
    address: 'Unit 2, Riverside Park',
    town: 'Watford',
    priority: 'medium',
    reason: 'Men seen working without gloves in frost, and taken away together in one van.',
    languages: 'Albanian',
    interpreter: 'By phone, reference 4430',
    ...consent,
    immigration: 'not present',
    team: 'Green team',
    day: 3,
    starts: '12:00',
    calledOff: {
      day: 1,
      starts: '09:00',
      reason: 'The interpreter was ill and no other could be found; nobody should be asked through a colleague.',
    },
    answer: 'spoken with',
    answeredBy: 'the owner',
    present: 6,
    met: [
      { place: 'works there', language: 'Albanian', interpreter: 'by phone' },
      {
        place: 'works there',
        language: 'Albanian',
        interpreter: 'by phone',
        note: { advice: ['rights at work'], outcomes: ['advice declined', 'wants nothing now'] },
      },
    ],
    seized: { kind: 'cash', description: 'Notes from an unlocked cash box, counted with the owner', pence: '1,240.00' },
  },
  {
    name: 'Highfield Rooms',
    business: 'massage or beauty',
    dwelling: 'no',
    address: '77 Highfield Lane',
    town: 'Hemel Hempstead',
    priority: 'medium',
    reason: 'A delivery driver saw the same person open the door at every hour for a week.',
    ...consent,
    immigration: 'not present',
    team: 'Green team',
    day: 4,
    starts: '15:00',
    answer: 'spoken with',
    answeredBy: 'a woman who works there',
    present: 1,
    met: [
      {
        place: 'works there',
        language: 'English',
        interpreter: 'not needed',
        note: { advice: ['safety', 'health'], outcomes: ['wants nothing now', 'took a card'] },
      },
    ],
  },
];

/** A partner's part: what it brings, and who of it does what. The leading unit is there already and has no agency to add. */
export type Part = {
  readonly agency: string | null;
  readonly printed: string;
  readonly official: string;
  readonly brings: Readonly<Record<string, number>>;
  readonly people: Readonly<Record<string, readonly MemberKey[]>>;
};

export const unit = 'Modern Slavery and Exploitation Unit';

export const parts: readonly Part[] = [
  {
    agency: null,
    printed: unit,
    official: unit,
    brings: {},
    people: {
      commands: ['commander'],
      enters: ['officer', 'officer2'],
      'counts and reports': ['analyst'],
    },
  },
  {
    agency: 'Lea Vale Constabulary',
    printed: 'Tactical Support Group',
    official: 'Lea Vale Constabulary, Tactical Support Group',
    brings: { officers: 6 },
    people: {},
  },
  {
    agency: 'Eastern Counties Crime Unit',
    printed: 'Eastern Counties Crime Unit',
    official: 'Eastern Counties Regional Crime Unit',
    brings: { officers: 2 },
    people: { searches: ['region'] },
  },
  {
    agency: 'Lea Vale Community Health',
    printed: 'Lea Vale Community Health safeguarding nurses',
    official: 'Lea Vale Community Health Trust, Safeguarding Team',
    brings: { nurses: 2 },
    people: { 'gives medical care': ['nurse'] },
  },
  {
    agency: 'Harbour Sexual Violence Advisers',
    printed: 'Harbour Sexual Violence Advisers',
    official: 'Harbour Independent Sexual Violence Advisory Service',
    brings: { advisers: 2 },
    people: { 'talks with people': ['adviser', 'lead'] },
  },
  {
    agency: 'Immigration and Border',
    printed: 'Immigration and Border Compliance East',
    official: 'Immigration and Border Compliance, Eastern Area',
    brings: { officers: 2 },
    people: { enters: ['immigration'] },
  },
  {
    agency: 'Open Door Relief',
    printed: 'Open Door Relief',
    official: 'Open Door Relief Society',
    brings: { others: 4 },
    people: { 'runs reception': ['volunteer'] },
  },
];

export type Team = { readonly name: string; readonly lead: MemberKey; readonly members: readonly MemberKey[] };
export const teams: readonly Team[] = [
  { name: 'Blue team', lead: 'officer', members: ['officer', 'nurse', 'immigration'] },
  { name: 'Green team', lead: 'officer2', members: ['officer2', 'region', 'adviser'] },
];
