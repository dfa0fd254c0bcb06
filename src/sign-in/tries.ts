/** How many tries are free before each further one waits longer. By account and network, never by account alone: whoever guesses must not lock out whom she guesses at. Pure data. */

export type Bucket = {
  /** What is counted: it is hashed before it is kept. */
  readonly of: string;
  readonly allowance: number;
  /** Seconds in which one try is forgotten. */
  readonly leak: number;
  /** Seconds that the first try too many waits; each further one twice as long, up to the longest. */
  readonly first: number;
  readonly longest: number;
  /** Emptied by a right sign-in. What many share is only given one try back. */
  readonly own: boolean;
};

const accountFromNetwork = { allowance: 10, leak: 60, first: 30, longest: 900, own: true };
const network = { allowance: 100, leak: 3, first: 2, longest: 60, own: false };
const everybody = { allowance: 600, leak: 0.5, first: 1, longest: 5, own: false };
const device = { allowance: 10, leak: 60, first: 30, longest: 900, own: true };
/** Reached by a right password alone: no stranger can empty it. */
const code = { allowance: 10, leak: 120, first: 30, longest: 900, own: true };

export type Trying = { readonly network: string; readonly account: string; readonly device?: string | undefined };

/** A device that has signed in to this account before waits for nobody but itself. */
export const passwordBuckets = ({ network: net, account, device: known }: Trying): readonly Bucket[] =>
  known
    ? [{ of: `device ${known} ${account}`, ...device }]
    : [
        { of: `account ${account} from ${net}`, ...accountFromNetwork },
        { of: `network ${net}`, ...network },
        { of: 'everybody', ...everybody },
      ];

export const codeBuckets = ({ account, device: known }: Trying): readonly Bucket[] => [
  { of: known ? `code ${account} on ${known}` : `code ${account}`, ...code },
];
