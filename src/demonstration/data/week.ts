/** What a week of the demonstration is made of, and who takes part in it. */
import { type AgencyKey, agencies, type MemberKey } from '../../tour/index.ts';

export type PersonEncountered = {
  readonly place: string;
  readonly spoken?: boolean;
  readonly language: string;
  readonly interpreter: string;
  /** Kept under seal, and why it is needed. */
  readonly name?: { readonly name: string; readonly reason: string };
  readonly sign?: { readonly id: string; readonly context: string; readonly explanation: string };
  readonly note?: {
    readonly advice: readonly string[];
    readonly needs?: readonly string[];
    readonly outcomes?: readonly string[];
    /** Indicators that the person disclosed: on the support agencies’ form alone. */
    readonly disclosed?: readonly string[];
    readonly wants?: string;
    /** The form fields of the record of a person who wants support. */
    readonly person?: Readonly<Record<string, string>>;
    /** The custody safeguarding notice that the person agreed to: sentence and reference. */
    readonly notice?: Readonly<Record<'sentence' | 'reference', string>>;
    readonly referral?: {
      readonly needs: readonly string[];
      readonly words: string;
      readonly answer: 'accepted' | 'declined';
      readonly reason: string;
    };
  };
};

export type ArrestData = {
  readonly sex: string;
  readonly age: number;
  readonly screening: {
    readonly outcome: string;
    readonly reason?: string;
    readonly by?: string;
    readonly interpreter?: string;
  };
};

export type PremisesData = {
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
  /** Partners that the warrant names to accompany the officers; the nurses alone by default. */
  readonly named?: readonly string[];
  readonly immigration?: string;
  readonly nobodyToRefer?: boolean;
  readonly team: 'Blue team' | 'Green team' | 'Red team';
  /** Days after the Monday, and the time of the visit. */
  readonly day: number;
  readonly starts: string;
  /** A first visit that was called off, and why. */
  readonly calledOff?: { readonly day: number; readonly starts: string; readonly reason: string };
  readonly answer: string;
  readonly answeredBy?: string;
  readonly present: number;
  readonly met: readonly PersonEncountered[];
  readonly arrested?: readonly ArrestData[];
  readonly seized?: { readonly kind: string; readonly description: string; readonly pence: string };
  readonly damage?: string;
};

/** A partner's part: its resources, and the duties of its people. The leading unit exists already and has no agency to add. */
export type PartnerData = {
  readonly agency: string | null;
  readonly printed: string;
  readonly official: string;
  readonly resources: Readonly<Record<string, number>>;
  readonly people: Readonly<Record<string, readonly MemberKey[]>>;
};

export const unit = 'Modern Slavery and Exploitation Unit';

/** An agency of the cast that takes part in its own name. */
const agencyPart = (
  key: AgencyKey,
  resources: PartnerData['resources'],
  people: PartnerData['people'],
): PartnerData => {
  const { name = '', officialName = name } = agencies.find((one) => one.key === key) ?? {};
  return { agency: name, printed: name, official: officialName, resources, people };
};

export const partners: readonly PartnerData[] = [
  {
    agency: null,
    printed: unit,
    official: unit,
    resources: {},
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
    resources: { officers: 6 },
    people: {},
  },
  agencyPart('region', { officers: 2 }, { searches: ['region'] }),
  agencyPart('health', { nurses: 2 }, { 'gives medical care': ['nurse'] }),
  agencyPart('advisers', { advisers: 2 }, { 'talks with people': ['adviser', 'lead'] }),
  agencyPart('immigration', { officers: 2 }, { enters: ['immigration'] }),
  agencyPart('relief', { others: 4 }, { 'runs reception': ['volunteer'] }),
];

export type TeamData = {
  readonly name: string;
  readonly lead: MemberKey;
  readonly members: readonly MemberKey[];
  /** When on the eve it is briefed, where, and why then. */
  readonly briefed: { readonly time: string; readonly place: string; readonly reason: string };
};
const atHeadquarters = { place: 'Conference room 2, county headquarters' };
export const teams: readonly TeamData[] = [
  {
    name: 'Blue team',
    lead: 'officer',
    members: ['officer', 'nurse', 'immigration'],
    briefed: { ...atHeadquarters, time: '15:30', reason: 'The nurse comes from an early shift' },
  },
  {
    name: 'Green team',
    lead: 'officer2',
    members: ['officer2', 'region', 'adviser'],
    briefed: { ...atHeadquarters, time: '16:00', reason: 'After the other team, in the same room' },
  },
  {
    // Goes to premises that immigration officers do not enter.
    name: 'Red team',
    lead: 'officer',
    members: ['officer', 'nurse'],
    briefed: { ...atHeadquarters, time: '16:30', reason: 'After the other teams, in the same room' },
  },
];
