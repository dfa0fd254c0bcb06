/** The agreements between agencies: whether two agencies have a valid one. */

export { type Agreement, type AgreementGap, findAgreement } from './agreement.ts';
export { agreementGapTexts, agreementKeepers, describeAgreement } from './pages.ts';
export { addAgreement, listAgreements, saveAgreement } from './store.ts';
