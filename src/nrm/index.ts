/** The interface of the NRM module: who may submit, which way a case goes, the draft, and the Duty to Notify. */

export {
  type Decision,
  type DecisionKind,
  type DecisionRefusal,
  decide,
  decisionKinds,
  type NrmCase,
  periodOn,
  reasonableGroundsAim,
  recoveryAtLeastUntil,
  type State,
  stateOf,
  withinRecovery,
} from './decisions.ts';
export { type Draft, draftJson, draftOf } from './draft.ts';
export type { FactName, Facts, FactValue } from './facts.ts';
export { type Branch, type FormVersion, fieldsOf, formOn } from './form.ts';
export type { IcTip, IcTipKind, IcTipObject } from './ic-tip.ts';
export { icTipCode, icTipOn, icTipVersions, readIcTip } from './ic-tip.ts';
export type { Finding } from './identifying/check.ts';
export type { Known } from './identifying/known.ts';
export { decisionTests, exploitationCodes, firstResponders, formVersions, periods, type Told, toldOn } from './load.ts';
export { type NotificationRefusal, notify } from './notification.ts';
export { type Left, missingAnswers, type Paper, paperOf } from './printed-form.ts';
export { dutyOf, type FirstResponder, maySubmit, responderOn } from './responders.ts';
export { type Age, type Capacity, mustBeAskedNow, type Way, wayFor } from './route.ts';
export { countryOptions, optionText, saidOf } from './wording.ts';
