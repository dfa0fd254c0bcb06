/** What the forms about shared intelligence accept, and their error messages. */
import { z } from 'zod';
import { IdOf, Sentence } from '../../platform/forms/forms.ts';
import type { AgencyId } from '../../vocabulary/ids.ts';
import type { ItemId } from '../items/item.ts';
import type { ShareId } from './share.ts';

export const SharePath = z.object({ id: IdOf<ShareId>() });
export const SharedItemPath = z.object({ id: IdOf<ItemId>() });

export const ShareForm = z.object({
  toAgencyId: IdOf<AgencyId>('Select the agency'),
  purpose: Sentence('Enter why that agency needs it'),
  /** Asked where there are handling conditions. */
  allowed: z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.string().max(10)).max(5)),
});
export const RecallForm = z.object({ reason: Sentence('Enter why it must not be used any more') });

export const shareErrors = {
  gone: { '': 'A colleague has disposed of this item. There is nothing left to share.' },
  'not an agency': { toAgencyId: 'Select an agency from the list' },
  'shared before': { toAgencyId: 'It is shared with this agency already' },
  'conditions not read': { allowed: 'Check that the handling conditions allow it, then tick the box' },
  'recalled before': { '': 'A colleague has recalled it already.' },
} as const;
