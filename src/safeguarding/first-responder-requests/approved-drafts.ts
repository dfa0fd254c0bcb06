/** Frozen drafts for the referrals module: an approver reads the draft as it was handed over, whatever was written since. */
import { buildDraft, draftJson, formVersions, toPrintedForm } from '../../nrm/index.ts';
import { digest } from '../../platform/crypto/crypto.ts';
import { personReaderWithDocuments } from '../documents/download.ts';
import type { FirstResponderDraft } from '../nrm-drafts/nrm-referral.ts';
import { listNrmReferralsOf } from '../nrm-drafts/store.ts';
import { submitterFillsIn } from '../nrm-form/known-facts.ts';
import type { PersonReader } from '../referrals/people.ts';

/** Undefined when it cannot be rebuilt exactly. */
function rebuildDraft({ formId, facts, digest: was }: FirstResponderDraft) {
  const form = formVersions.find(({ id }) => id === formId);
  const draft = form && buildDraft(form, 'referral', facts);
  return draft && digest(draftJson(draft)) === was ? toPrintedForm(draft, submitterFillsIn) : undefined;
}

const draftsOf: PersonReader['draftsOf'] = async (request, keys, personId, paperIds) => {
  if (paperIds.length === 0) return [];
  const all = await listNrmReferralsOf(
    request.look('nrm referrals.listed', personId, { fields: ['handed'] }),
    keys,
    personId,
  );
  request.returned(all.map(({ id }) => id));
  return all
    .flatMap(({ handed }) => handed)
    .filter(({ paperId }) => paperIds.includes(paperId))
    .flatMap((held) => {
      const paper = rebuildDraft(held);
      return paper ? [{ paperId: held.paperId, personId, on: held.on, digest: held.digest, paper }] : [];
    });
};

export const peopleWithDrafts: PersonReader = { ...personReaderWithDocuments, draftsOf };
