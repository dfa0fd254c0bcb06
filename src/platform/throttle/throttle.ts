/** How many wrong answers each secret allows before the next try has to wait. Only wrong answers count. Pure: no clock, no database. */
import { plural } from '../../vocabulary/languages/english.ts';

/** What is checked. The log gives it as the reason of a refusal. */
export const secrets = [
  'password',
  'code',
  'recovery code',
  'temporary access',
  'present password',
  'code of a new generator',
] as const;
export type Secret = (typeof secrets)[number];

export type Bucket = {
  /** What is counted: it is hashed before it is kept. */
  readonly of: string;
  /** Wrong answers before the first wait. */
  readonly allowance: number;
  /** Seconds in which one wrong answer is forgotten. */
  readonly leak: number;
  /** Seconds that the first try too many waits; each further one waits twice as long, up to the longest. */
  readonly first: number;
  readonly longest: number;
  /** A right answer empties it. What many share keeps its wrong answers. */
  readonly own: boolean;
};

export type Attempt = {
  readonly secret: Secret;
  /** The member whose secret it is, where there is one: the log names them. */
  readonly memberId: string | null;
  /** The last of them is what most people share: tries wait for each other there. */
  readonly buckets: readonly Bucket[];
};

const few = { allowance: 10, leak: 60, first: 30, longest: 900, own: true };
/** NIST SP 800-63B 5.2.2: at most 100 wrong answers in a row on one account. */
const fromAnywhere = { allowance: 100, leak: 60, first: 30, longest: 60, own: false };
const network = { allowance: 100, leak: 3, first: 2, longest: 60, own: false };
const codes = { ...few, leak: 120 };
/** Sixty random bits cannot be guessed: this keeps the load low, and volunteers at one place make many mistakes. */
const passes = { allowance: 100, leak: 1, first: 1, longest: 5, own: false };

/** Somebody who signs in. The account is the member's id, or the normalised address where nobody has it. */
export type SigningIn = {
  readonly network: string;
  readonly account: string;
  readonly device?: string | undefined;
};

/** A device that has signed in to the account before counts alone: no stranger can make it wait. */
export const passwordBuckets = ({ network: net, account, device }: SigningIn): readonly Bucket[] =>
  device
    ? [{ of: `device ${device} ${account}`, ...few }]
    : [
        { of: `account ${account} from ${net}`, ...few },
        { of: `account ${account}`, ...fromAnywhere },
        { of: `network ${net}`, ...network },
      ];

/** Only somebody who knows the password gets this far, so the account alone is counted. */
export const codeBuckets = ({ account, device }: Omit<SigningIn, 'network'>): readonly Bucket[] => [
  { of: device ? `code ${account} on ${device}` : `code ${account}`, ...codes },
];

export const passBuckets = (net: string): readonly Bucket[] => [{ of: `shift pass from ${net}`, ...passes }];

/** What somebody who is signed in shows once more. */
export const reauthenticationBuckets = (secret: Secret, memberId: string): readonly Bucket[] => [
  { of: `${secret} of ${memberId}`, ...few },
];

const formatWait = (seconds: number): string => {
  const minutes = Math.ceil(seconds / 60);
  return seconds < 60 ? `${seconds} ${plural(seconds, 'second')}` : `${minutes} ${plural(minutes, 'minute')}`;
};

export const tooManyTries = (seconds: number): string => `Too many tries. Wait ${formatWait(seconds)}, then try again.`;
