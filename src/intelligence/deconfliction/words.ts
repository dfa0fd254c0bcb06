/** How the check between agencies reads on pages. Pure. */
import type { Failure, MatchState } from './deconfliction.ts';

export const stateWords: Record<MatchState, string> = {
  'ring now': 'Ring now',
  'to ring': 'Not rung yet',
  rung: 'Rung',
  over: 'No longer planned by both',
};
export const stateTags: Record<MatchState, string> = {
  'ring now': 'red',
  'to ring': 'yellow',
  rung: 'green',
  over: 'grey',
};

export const failureWords: Record<Failure, string> = {
  'no answer': 'It gave no answer. Ask its operator whether its Safelight can be reached.',
  'no partner there': 'It does not know your agency yet, or takes no part. Ask it to add your line.',
  'another time': 'Its clock and yours differ. Ask both operators to check their clocks.',
  'another key': 'Its answer was not signed with the key that you compared. Ring it, and compare the key again.',
};
