/** What the forms about proposals accept, and their error messages. */
import { z } from 'zod';
import { PremisesForm } from '../../operations/plan/index.ts';
import { IdOf, OptionalText, RequiredLine, RequiredText, Sentence } from '../../platform/forms/forms.ts';
import type { OperationId } from '../../vocabulary/ids.ts';
import type { EntityId } from '../entities/entity.ts';
import { type ProposalId, proposalResults } from './proposal.ts';

export const ProposePath = z.object({ id: IdOf<EntityId>() });
export const ProposalPath = z.object({ id: IdOf<ProposalId>() });

export const mostText = 4_000;
export const ProposeForm = z.object({
  address: RequiredLine('Enter the address to visit', 200),
  postcode: OptionalText(10),
  text: RequiredText('Enter what the intelligence says', mostText),
  powers: OptionalText(1_000),
  risks: OptionalText(2_000),
});

export const AcceptForm = PremisesForm.omit({ base: true }).extend({
  operationId: IdOf<OperationId>('Select the operation'),
});

export const DeclineForm = z.object({ reason: Sentence('Enter why you decline it') });
export const ResultForm = z.object({ result: z.enum(proposalResults, 'Select what the visit found') });

export const proposalErrors = {
  gone: { '': 'The intelligence behind this proposal was disposed of. There is nothing left to decide.' },
  decided: { '': 'A colleague has decided about this proposal since you opened this page.' },
  'not yours': { operationId: 'Select an operation that you plan' },
  'not accepted': { '': 'The proposal was not accepted, so no visit can have a result.' },
} as const;
