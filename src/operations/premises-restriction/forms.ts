/** What the forms of this room accept, and what they say when they do not. */
import { z } from 'zod';
import { Day, MaybeWords, Time, Words } from '../../platform/forms.ts';

export const TimeForm = z.object({
  day: Day('Enter the day of the briefing'),
  time: Time('Enter the time of the briefing'),
  place: MaybeWords(120),
  reason: Words('Say why it is then', 500),
});
