/** What the form of a partner says and asks about its defaults. */
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { FurtherButton } from '../../platform/rendering/pages.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import type { PartnerDefault } from './partner-default.ts';

/** On the form of a new partner: ticked beforehand, and left out where no partner has defaults. */
export const defaultsField = (ask: FieldBuilder, defaults: readonly PartnerDefault[]): Field[] =>
  defaults.length === 0
    ? []
    : [
        ask.many(
          'defaults',
          'Defaults',
          [
            {
              value: 'yes',
              text: 'Use the defaults of this partner, if there are any',
              hint: {
                text: `They fill in what you leave empty on this page, and add the people usually sent. There are defaults for ${listOf(defaults.map(({ printedName }) => printedName))}.`,
              },
            },
          ],
          { value: ['yes'] },
        ),
      ];

/** On the form of a partner that takes part: saves both. */
export const keepAsDefaultButton: FurtherButton = { name: 'usual', text: 'Save as the default too' };
