/** Migrations of the safeguarding store, in order. */
import * as consentMigrations from '../../consent/migrations/index.ts';
import { up as safeguarding } from './0005-safeguarding.ts';
import { up as referralsByConsent } from './0046-referrals-by-consent.ts';
import { up as referralsOfPeople } from './0052-referrals-of-people.ts';
import { up as calledBack } from './0067-called-back.ts';
import { up as notesToldApart } from './0075-notes-told-apart.ts';
import { up as childrenTold } from './0083-children-told.ts';
import { up as notSubmitted } from './0092-not-submitted.ts';
import { up as disclosedIndicators } from './0098-disclosed-indicators.ts';

export const safeguardingMigrations = {
  '0005-safeguarding': safeguarding,
  '0045-consent': consentMigrations.consent,
  '0046-referrals-by-consent': referralsByConsent,
  '0052-referrals-of-people': referralsOfPeople,
  '0067-called-back': calledBack,
  '0071-languages-and-requests': consentMigrations.languagesAndRequests,
  '0075-notes-told-apart': notesToldApart,
  '0076-a-second-person': consentMigrations.secondPerson,
  '0083-children-told': childrenTold,
  '0090-told-again': consentMigrations.toldAgain,
  '0092-not-submitted': notSubmitted,
  '0093-told-across': consentMigrations.toldAcross,
  '0098-disclosed-indicators': disclosedIndicators,
};
