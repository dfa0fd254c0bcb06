/** What the forms of the check between agencies accept, and their error messages. */
import { z } from 'zod';
import { IdOf, RequiredLine, Sentence } from '../../platform/forms/forms.ts';
import type { OperationId } from '../../vocabulary/ids.ts';
import type { EntityId } from '../entities/entity.ts';
import type { HiddenId, MatchId, PartnerId } from './deconfliction.ts';
import { readInvitation } from './messages.ts';

export const MatchPath = z.object({ id: IdOf<MatchId>() });
export const PartnerPath = z.object({ id: IdOf<PartnerId>() });
export const HiddenPath = z.object({ id: IdOf<HiddenId>() });
export const ComparePath = z.object({ id: IdOf<EntityId>() });

export const ContactForm = z.object({
  name: RequiredLine('Enter the name or post to ring', 100),
  telephone: RequiredLine('Enter the telephone number', 40).refine(
    (text) => (text.match(/\p{Nd}/gu) ?? []).length >= 3,
    'Enter a telephone number',
  ),
  hours: RequiredLine('Enter when the telephone is answered', 100),
});

export const HideForm = z.object({
  operationId: IdOf<OperationId>('Select the operation'),
  reason: Sentence('Enter why it must stay hidden'),
});

/** On a trial the other Safelight may run on this machine. */
export const PartnerForm = (isTrial: boolean) =>
  z.object({
    name: RequiredLine('Enter the name of the agency', 100),
    line: z
      .string('Paste the line')
      .max(400, 'Paste the line alone')
      .transform((text, context) => {
        const invitation = readInvitation(text, isTrial);
        if (invitation) return invitation;
        context.addIssue({
          code: 'custom',
          message:
            'Paste the whole line, from safelight-check-1 to the equals sign. Its address must begin with https://',
        });
        return z.NEVER;
      }),
    shown: z.string().max(100).optional(),
    compared: z.string().max(10).optional(),
  });
export type PartnerAnswers = z.output<ReturnType<typeof PartnerForm>>;

export const hideErrors = {
  'not yours': {
    operationId: 'Select an operation that you take part in, that your agency leads, and that is not hidden',
  },
} as const;
export const partnerErrors = { 'ended before': { '': 'This was ended already.' } } as const;
export const matchErrors = {
  'rung before': 'A colleague recorded this call before you.',
} as const;
export const compareErrors = {
  'too little known': {
    '': 'Too little is known to compare it. A person needs a full name and date of birth, premises a postcode or town.',
  },
} as const;
