/** Forms of the check between agencies. */
import { type ExchangeKey, fingerprintOf } from '../../platform/crypto/exchange-key.ts';
import { backTo, type FormPage } from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { intelligencePaths, deconflictionPaths as paths } from '../../vocabulary/paths/intelligence.ts';
import { type EntityContent, entityName } from '../entities/entity.ts';
import type { Contact, HiddenOperation, Partner } from './deconfliction.ts';
import type { PartnerAnswers } from './forms.ts';
import { formatInvitation } from './messages.ts';
import { checksTitle } from './pages.ts';

const toChecks = backTo(paths.checks(), checksTitle);

export const contactPage = (contact: Contact | undefined): FormPage => ({
  title: contact ? 'Change your contact' : 'Name a contact and take part',
  ...toChecks,
  lead: [
    'Agencies that plan a visit to the same premises ring this number. Their members see it only then.',
    'The Safelight of every agency that takes part gets it, so give the number of a post and not of a person.',
    'Choose a post that somebody holds at every hour of your visits, such as the duty inspector.',
  ],
  fields: (ask) => [
    ask.text('name', 'Name or post', { value: contact?.name }),
    ask.text('telephone', 'Telephone', { value: contact?.telephone, classes: 'govuk-input--width-20' }),
    ask.text('hours', 'When it is answered', { value: contact?.hours, hint: 'For example: day and night' }),
  ],
});

export const hidePage = (operations: readonly { readonly id: string; readonly codeName: string }[]): FormPage => ({
  title: 'Hide an operation from other agencies',
  ...toChecks,
  warning:
    'Another agency that plans a visit to the same premises gets no notice of you. Your team still gets a notice of it, and must ring.',
  closed: operations.length === 0,
  ...(operations.length === 0 && { lead: ['You take part in no operation that your agency leads.'] }),
  button: 'Hide the operation',
  dangerous: true,
  fields: (ask) => [
    ask.choose(
      'operationId',
      'Operation',
      operations.map(({ id, codeName }) => ({ value: id, text: codeName })),
    ),
    ask.words('reason', 'Why must it stay hidden?', {
      hint: 'Planners and commanders of the operation read this.',
      rows: 3,
      most: 1_000,
    }),
  ],
});

export const showPage = ({ reason }: HiddenOperation, codeName: string): FormPage => ({
  title: 'End hiding this operation',
  caption: codeName,
  ...toChecks,
  lead: [
    'From now on an agency that plans a visit to the same premises gets a notice to ring you.',
    `Reason for hiding it: ${reason}`,
  ],
  button: 'End hiding',
});

type Own = { readonly key: ExchangeKey; readonly origin: string; readonly agencyId: string };

export const partnerPage = ({ key, origin, agencyId }: Own): FormPage => ({
  title: 'Add an agency that uses another Safelight',
  ...toChecks,
  lead: [
    'Each of the two agencies adds the other. Send this line to the other agency, and ask for its own:',
    formatInvitation({ origin, agencyId, publicKey: key.publicKey }),
    `The fingerprint of your key is ${fingerprintOf(key.publicKey)}.`,
  ],
  action: paths.addPartner(),
  button: 'Show the fingerprint',
  fields: (ask) => [
    ask.text('name', 'Name of the agency'),
    ask.words('line', 'Its line', { most: 400, rows: 3, hint: 'It begins with safelight-check-1' }),
  ],
});

/** The second step: nobody says that they compared what they have not seen. */
export const comparePartnerPage = ({ name, line }: PartnerAnswers, ownFingerprint: string): FormPage => ({
  title: 'Compare the fingerprint',
  caption: name,
  ...backTo(paths.addPartner(), 'Add an agency that uses another Safelight'),
  lead: [
    'Ring the agency on a number that you know. Read this fingerprint to each other, group by group. Add the agency only if every group is the same.',
    `Its Safelight is at ${new URL(line.origin).host}. The fingerprint of your own key is ${ownFingerprint}.`,
  ],
  action: paths.addPartner(),
  button: 'Add the agency',
  fields: (ask) => [
    ask.heading('fingerprint', fingerprintOf(line.publicKey)),
    ask.hidden('name', name),
    ask.hidden('line', formatInvitation(line)),
    ask.hidden('shown', fingerprintOf(line.publicKey)),
    ask.many('compared', 'Fingerprint', [
      { value: 'yes', text: 'We read the fingerprint above to each other on the telephone, and it is the same' },
    ]),
  ],
});

export const askedToCompare = { compared: 'Compare the fingerprint on the telephone, then tick the box' } as const;

export const endPartnerPage = ({ name }: Partner): FormPage => ({
  title: 'End the check with this agency',
  caption: name,
  ...toChecks,
  lead: [
    'Your plans are no longer compared with its plans. It can ask no more questions.',
    'Tell the agency, so that it does not rely on the check.',
  ],
  button: 'End the check',
  dangerous: true,
});

export const comparePage = (content: EntityContent, id: string, until: string, isEnough: boolean): FormPage => ({
  title: 'Compare with other agencies',
  caption: entityName(content),
  ...backTo(intelligencePaths.entity(id), entityName(content)),
  lead: [
    'If another agency compares or visits the same, both learn whom to ring. Neither learns what the other knows.',
    ...(isEnough ? [`Safelight compares it until ${longDay(until)}. Then you can start it again.`] : []),
  ],
  closed: !isEnough,
  ...(!isEnough && {
    warning:
      'Too little is known to compare it. A person needs a full name and a date of birth, premises a postcode or town.',
  }),
  button: 'Compare it',
});

export const stopComparingPage = (content: EntityContent, id: string): FormPage => ({
  title: 'Stop comparing with other agencies',
  caption: entityName(content),
  ...backTo(intelligencePaths.entity(id), entityName(content)),
  lead: ['No agency gets a notice to ring you about it any more.'],
  button: 'Stop comparing',
});
