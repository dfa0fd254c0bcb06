/** Frozen drafts for the referrals module: an approver reads the draft as it was handed over, whatever was written since. */
import { draftJson, draftOf, formVersions, paperOf } from '../../nrm/index.ts';
import { digest } from '../../platform/crypto/crypto.ts';
import { peopleWithPapers } from '../documents/download.ts';
import type { Handed } from '../nrm-drafts/nrm-referral.ts';
import { listConcernsOf } from '../nrm-drafts/store.ts';
import { leftToThem } from '../nrm-form/known-facts.ts';
import type { People } from '../referrals/people.ts';

/** Undefined when it cannot be rebuilt exactly. */
function madeAgain({ formId, facts, digest: was }: Handed) {
  const form = formVersions.find(({ id }) => id === formId);
  const draft = form && draftOf(form, 'referral', facts);
  return draft && digest(draftJson(draft)) === was ? paperOf(draft, leftToThem) : undefined;
}

const draftsOf: People['draftsOf'] = async (request, keys, personId, paperIds) => {
  if (paperIds.length === 0) return [];
  const all = await listConcernsOf(request.look('concerns.listed', personId, { fields: ['handed'] }), keys, personId);
  request.returned(all.map(({ id }) => id));
  return all
    .flatMap(({ handed }) => handed)
    .filter(({ paperId }) => paperIds.includes(paperId))
    .flatMap((held) => {
      const paper = madeAgain(held);
      return paper ? [{ paperId: held.paperId, personId, on: held.on, digest: held.digest, paper }] : [];
    });
};

export const peopleWithDrafts: People = { ...peopleWithPapers, draftsOf };
