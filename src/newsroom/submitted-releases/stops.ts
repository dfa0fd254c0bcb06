/** A safeguarding lead’s “do not publish”: the reasons to choose from, and which text it holds. Pure. */

/** Chosen from a list: free words could tell press and police something about a person. */
export const stopReasons = ['recognised', 'danger', 'untrue'] as const;
export type StopReason = (typeof stopReasons)[number];

export const stopWords: Record<StopReason, string> = {
  recognised: 'A person could be recognised',
  danger: 'A person could be in danger',
  untrue: 'It is not true',
};

export type Stop = {
  readonly releaseId: string;
  readonly revision: number;
  readonly reason: StopReason;
  /** The text was published, and the stop withdrew the release. */
  readonly withdraws: boolean;
  readonly memberId: string;
  readonly agencyId: string;
  readonly at: Date;
};

/** A changed text is another one: its approver sees the stop, and decides. */
export const isStopped = ({ revision }: { readonly revision: number }, stops: readonly Stop[]): boolean =>
  stops.some((stop) => stop.revision === revision);
