/** What pages of requests to a custodian share: the state as a tag, the hours to choose from, and how a refused decision is worded. */
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import type { DecisionRefusal, RequestState } from './custodian-decision.ts';

const tags: Record<RequestState, string> = {
  waits: 'yellow',
  'nobody decided in time': 'grey',
  refused: 'red',
  open: 'green',
  'opened, and closed again': 'grey',
  'ended by a custodian': 'red',
};
export const stateCell = (state: RequestState) => ({ text: capital(state), tag: tags[state] });

export const hoursField = (ask: FieldBuilder, choices: readonly string[]): Field =>
  ask.one(
    'hours',
    'For how long, from now',
    choices.map((hours) => ({ value: hours, text: hours === '1' ? '1 hour' : `${hours} hours` })),
    {
      hint: 'Ask for access for the shortest time that you need. The time that you ask for starts now, not when a custodian decides.',
    },
  );

/** `need` says what is still needed: "to know". */
export const decisionErrorsFor = (need: string): Record<DecisionRefusal, FormErrors> => ({
  'their own': { '': 'You asked for this yourself. Another custodian decides.' },
  'decided already': { '': 'A custodian has decided this already. What was decided stands.' },
  'too late': { '': `The time that was asked for is over. Anybody who still needs ${need} can ask again.` },
});
