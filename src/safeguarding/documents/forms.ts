/** Input that the forms of this module accept, and their errors. */

import { z } from 'zod';
import { RequiredText } from '../../platform/forms/forms.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import { providedGroups } from '../../vocabulary/information-shared.ts';
import type { DocumentId } from './document.ts';

const uuid = z.uuid('Open the form again').toLowerCase();
export const PersonPath = z.object({ id: uuid.transform((id) => id as PersonId) });
export const DocumentPath = z.object({ id: uuid.transform((id) => id as DocumentId) });
export const PartQuery = z.object({ part: z.coerce.number().int().min(1).max(100).catch(1) });

export const DocumentForm = z.object({
  id: uuid.transform((id) => id as DocumentId),
  called: RequiredText('Write what it is, like “letter of the clinic”', 80),
  item: z.enum(providedGroups, 'Select a group'),
});
