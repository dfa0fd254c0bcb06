/** Pure. The addresses of visits, and of what is recorded at them. */
import { staffPath } from './path.ts';

export const visitPaths = {
  list: staffPath('/visits'),
  visit: staffPath('/visits/:id'),
  arrival: staffPath('/visits/:id/arrive'),
  entry: staffPath('/visits/:id/entry'),
  departure: staffPath('/visits/:id/leave'),
  finish: staffPath('/visits/:id/finish'),
  reopen: staffPath('/visits/:id/reopen'),
  correction: staffPath('/visits/:id/correct'),
  search: staffPath('/visits/:id/search'),
  indicators: staffPath('/visits/:id/signs'),
  newEncounter: staffPath('/visits/:id/encounters/new'),
  newArrest: staffPath('/visits/:id/arrests/new'),
  newSeizure: staffPath('/visits/:id/seizures/new'),
  newPhoto: staffPath('/visits/:id/photos/new'),
} as const;

/** Papers that are made from the records of a visit, each as a page and as a PDF. */
export const visitPaperPaths = {
  searchRecord: staffPath('/visits/:id/search-record'),
  searchRecordPdf: staffPath('/visits/:id/search-record/pdf'),
  notice: staffPath('/visits/:id/notice-of-powers'),
  noticePdf: staffPath('/visits/:id/notice-of-powers/pdf'),
  consent: staffPath('/visits/:id/consent-to-search'),
  consentPdf: staffPath('/visits/:id/consent-to-search/pdf'),
  warrantReturn: staffPath('/visits/:id/warrant-return'),
  warrantReturnPdf: staffPath('/visits/:id/warrant-return/pdf'),
} as const;

export const encounterPaths = {
  list: staffPath('/encounters'),
  encounter: staffPath('/encounters/:id'),
  brief: staffPath('/encounters/:id/brief'),
  correction: staffPath('/encounters/:id/correct'),
  childrenServices: staffPath('/encounters/:id/children-services'),
  indicators: staffPath('/encounters/:id/signs'),
  name: staffPath('/encounters/:id/name'),
  newName: staffPath('/encounters/:id/name/record'),
} as const;

export const indicatorPaths = {
  list: staffPath('/indicators'),
  indicator: staffPath('/indicators/:id'),
  correction: staffPath('/indicators/:id/correct'),
} as const;

export const arrestPaths = {
  list: staffPath('/arrests'),
  arrest: staffPath('/arrests/:id'),
  correction: staffPath('/arrests/:id/correct'),
  status: staffPath('/arrests/:id/status'),
  closing: staffPath('/arrests/:id/close'),
  screening: staffPath('/arrests/:id/screening'),
  childNotification: staffPath('/arrests/:id/child'),
} as const;

/** NRM referrals and Duty to Notify of police and immigration officers. */
export const officerReferralPaths = {
  list: staffPath('/nrm-referrals'),
  beginFromArrest: staffPath('/arrests/:id/nrm-referral'),
  beginFromEncounter: staffPath('/encounters/:id/nrm-referral'),
  referral: staffPath('/nrm-referrals/:id'),
  consent: staffPath('/nrm-referrals/:id/consent'),
  largeType: staffPath('/nrm-referrals/:id/consent/large-type'),
  assessment: staffPath('/nrm-referrals/:id/assessment'),
  form: staffPath('/nrm-referrals/:id/form'),
  draft: staffPath('/nrm-referrals/:id/draft'),
  export: staffPath('/nrm-referrals/:id/export'),
  submission: staffPath('/nrm-referrals/:id/submission'),
  sentCorrection: staffPath('/nrm-referrals/:id/submission/correct'),
  closing: staffPath('/nrm-referrals/:id/close'),
  reopening: staffPath('/nrm-referrals/:id/open-again'),
  decision: staffPath('/nrm-referrals/:id/decision'),
  review: staffPath('/nrm-referrals/:id/review'),
  takeOver: staffPath('/nrm-referrals/:id/take-over'),
} as const;

export const seizurePaths = {
  list: staffPath('/seizures'),
  seizure: staffPath('/seizures/:id'),
  correction: staffPath('/seizures/:id/correct'),
} as const;

export const photoPaths = {
  list: staffPath('/visit-photos'),
  photo: staffPath('/visit-photos/:id'),
  copy: staffPath('/visit-photos/:id/copy'),
  remove: staffPath('/visit-photos/:id/remove'),
} as const;

export const identityRequestPaths = {
  list: staffPath('/identity-requests'),
  request: staffPath('/identity-requests/:id'),
  newRequest: staffPath('/identity-requests/of/:id'),
  decision: staffPath('/identity-requests/:id/decide'),
  end: staffPath('/identity-requests/:id/end'),
} as const;
