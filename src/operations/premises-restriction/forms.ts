/** What the forms of this module accept, and their error messages. */
import { z } from 'zod';
import { Day, OptionalText, RequiredText, Time } from '../../platform/forms/forms.ts';

export const BriefingTimeForm = z.object({
  day: Day('Enter the day of the briefing'),
  time: Time('Enter the time of the briefing'),
  place: OptionalText(120),
  reason: RequiredText('Enter the reason for this time', 500),
});
