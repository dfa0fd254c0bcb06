/** How proposals read on pages. Pure. */
import type { Proposal, ProposalResult } from './proposal.ts';

export const stateWords: Record<Proposal['state'], string> = {
  proposed: 'Waits for a planner',
  accepted: 'Accepted',
  declined: 'Declined',
};
export const resultWords: Record<ProposalResult, string> = {
  confirmed: 'Confirmed',
  'nothing found': 'Nothing found',
  wrong: 'Wrong',
};
/** “Accepted. The visit: nothing found.” */
export const describeState = ({ state, result }: Pick<Proposal, 'state' | 'result'>): string =>
  result === null ? stateWords[state] : `${stateWords[state]}. The visit: ${resultWords[result].toLowerCase()}`;
