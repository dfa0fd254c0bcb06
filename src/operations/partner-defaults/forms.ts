/** What the form of a partner’s defaults accepts, and its error messages. */
import { z } from 'zod';
import type { MemberId } from '../../vocabulary/ids.ts';
import { PartnerForm, readDuties, readResources } from '../weeks/forms.ts';
import { duties } from '../weeks/operation.ts';

const People = z.array(
  z.object({ memberId: z.uuid().transform((id) => id as MemberId), duty: z.enum(duties, 'Select what they do') }),
);

export const PartnerDefaultForm = z
  .record(z.string(), z.unknown())
  .transform((answers) => ({ ...answers, people: readDuties(answers) }))
  .pipe(PartnerForm.extend({ people: People }))
  .transform(({ printedName, officialName, people, ...counts }) => ({
    ...{ printedName, officialName, people },
    resources: readResources(counts),
  }));
