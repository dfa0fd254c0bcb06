/** The interface of the NRM module: who may submit, which way a case goes, the draft, and the Duty to Notify. */

export { isName, isNamed, isSamePerson, isService, type Named } from './assessors.ts';
export {
  type Decision,
  type DecisionKind,
  type DecisionRefusal,
  decisionKinds,
  type NrmCase,
  periodOn,
  reasonableGroundsAim,
  recordDecision,
  recoveryAtLeastUntil,
  type State,
  stateOf,
  withinRecovery,
} from './decisions.ts';
export { buildDraft, type Draft, draftJson } from './draft.ts';
export type { FactName, Facts, FactValue } from './facts.ts';
export { type Branch, type FormVersion, fieldsOf, formOn } from './form.ts';
export type { Finding } from './identifying/check.ts';
export type { Known } from './identifying/known.ts';
export {
  type ConsentInformation,
  consentInformationOn,
  decisionTests,
  exploitationCodes,
  firstResponders,
  formVersions,
  periods,
} from './load.ts';
export { buildNotification, findMisfits, type Misfit, type NotificationRefusal } from './notification.ts';
export {
  missingAnswers,
  type PrintedForm,
  type SubmitterFacts,
  toPrintedForm,
} from './printed-form.ts';
export { dutyOf, type FirstResponder, maySubmit, responderOn } from './responders.ts';
export {
  type Capacity,
  chooseRoute,
  needsConsentToStay,
  type ReferralRoute,
} from './route.ts';
export { answerText, countryOptions, optionText } from './wording.ts';
