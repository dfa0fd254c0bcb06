/** The interface of the NRM module: who may submit, which way a case goes, the draft, and the Duty to Notify. */
export { codeOf, fromHtcds, groupsOf, type HtcdsExploitation, toHtcds } from './codes.ts';
export type { Dated, Source } from './dated-rules.ts';
export {
  addWorkingDays,
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
  testOn,
  withinRecovery,
} from './decisions.ts';
export { type Draft, draftJson, draftOf, type FaultKind, factsFor } from './draft.ts';
export { type FactName, type Facts, type FactValue, factNames } from './facts.ts';
export { type Branch, type FormVersion, fieldsOf, formOn } from './form.ts';
export type { IcTip, IcTipKind, IcTipObject } from './ic-tip.ts';
export { icTipCode, icTipOn, icTipVersions, readIcTip } from './ic-tip.ts';
export { type Finding, findIdentifying, type Known } from './identifying/index.ts';
export {
  capacityRules,
  decisionTests,
  exploitationCodes,
  firstResponders,
  formVersions,
  periods,
  type Told,
  toldOn,
} from './load.ts';
export { type Notification, type NotificationRefusal, type Notified, notify, type Sender } from './notification.ts';
export { type Left, missingAnswers, type Paper, paperOf } from './printed-form.ts';
export { dutyOf, type FirstResponder, mayRaiseConcern, maySubmit, responderOn } from './responders.ts';
export { type Age, type Asked, besideChild, type Capacity, mustBeAskedNow, type Way, wayFor } from './route.ts';
export { countryOptions, optionText, saidOf } from './wording.ts';
