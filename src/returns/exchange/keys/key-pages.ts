/** Pages of keys: those of partnerships, the form that registers one, and the own key of this instance. */

import { type ExchangeKey, fingerprintOf, formatKeyLine } from '../../../platform/crypto/exchange-key.ts';
import { backTo, type FormPage, type ListPage, type SectionsPage } from '../../../platform/rendering/pages.ts';
import { formatDateTime } from '../../../vocabulary/calendar/moments.ts';
import { listOf } from '../../../vocabulary/languages/english.ts';
import { exchangePaths } from '../../../vocabulary/paths/exchange.ts';
import { returnPaths } from '../../../vocabulary/paths/returns.ts';
import { nameOfCountry } from '../countries.ts';
import { reporterLevels } from '../document/signed-return.ts';
import type { ExchangeKeyAnswers } from '../forms.ts';
import { levelWords } from '../inbox/words.ts';
import type { KeptKey } from '../store.ts';

/** `registered`: the name of the reporter whose key was registered a moment ago. */
export const keysPage = (keys: readonly KeptKey[], registered?: string): ListPage => ({
  title: 'Keys of partnerships',
  ...(registered && { done: `The key of ${registered} is registered. Returns that it signed count now.` }),
  back: { href: exchangePaths.weeks(), text: 'Returns from partnerships' },
  lead: [
    'A return counts only if a registered key signed it. When a partnership gets a new key, register it and end the old one.',
  ],
  actions: [{ href: exchangePaths.addKey(), text: 'Register a key' }],
  list: {
    kind: 'table',
    caption: 'Keys',
    stack: true,
    columns: ['Reporter', 'Level', 'Fingerprint', 'Registered', 'State'].map((text) => ({ text })),
    rows: keys.map(({ id, name, country, level, publicKey, registeredAt, endedAt }) => [
      { text: `${name}, ${nameOfCountry(country)}` },
      { text: levelWords[level] },
      { text: fingerprintOf(publicKey) },
      { text: formatDateTime(registeredAt) },
      endedAt
        ? { text: `ended ${formatDateTime(endedAt)}` }
        : { links: [{ href: exchangePaths.endKey(id), text: 'End this key', hidden: `of ${name}` }] },
    ]),
    empty: 'No keys yet. Register the key of a partnership before you count its returns.',
  },
});

/** `document`: the received return whose page led here. */
export const keyFormPage = (document: string | undefined): FormPage => ({
  title: 'Register a key',
  ...(document
    ? backTo(exchangePaths.document(document), 'The return')
    : backTo(exchangePaths.keys(), 'Keys of partnerships')),
  lead: [
    'The partnership finds its key under Returns, “Your own key”. Ring a number that you know, not one from the message with the key.',
  ],
  action: exchangePaths.addKey(),
  button: 'Show the fingerprint',
  fields: (ask) => [
    ask.text('name', 'Reporter', { hint: 'As its returns name it: the agency that leads the operation' }),
    ask.text('country', 'Country', { hint: 'Two letters, like GB', classes: 'govuk-input--width-2' }),
    ask.one(
      'level',
      'Level of the reporter',
      reporterLevels.map((value) => ({ value, text: levelWords[value] })),
    ),
    ask.words('key', 'Key', { most: 200, rows: 2, hint: 'One line that begins with safelight-exchange-key-1' }),
    ...(document ? [ask.hidden('document', document)] : []),
  ],
});

/** The second step: nobody says that they compared what they have not seen. */
export const compareFingerprintPage = (
  { name, country, level, key, document }: ExchangeKeyAnswers,
  others: readonly KeptKey[],
): FormPage => ({
  title: 'Compare the fingerprint',
  caption: `${name}, ${nameOfCountry(country)}`,
  ...backTo(exchangePaths.addKey(), 'Register a key'),
  lead: [
    'Ring the partnership on a number that you know. Read this fingerprint to each other, group by group. Register the key only if every group is the same.',
  ],
  action: exchangePaths.addKey(),
  button: 'Register the key',
  warning:
    others.length > 0
      ? `This key is registered already for ${listOf(others.map((one) => one.name))}. One Safelight can send for several forces. If this is not so here, somebody sent you the wrong key.`
      : undefined,
  fields: (ask) => [
    ask.heading('fingerprint', fingerprintOf(key)),
    ask.hidden('name', name),
    ask.hidden('country', country),
    ask.hidden('level', level),
    ask.hidden('key', formatKeyLine(key)),
    ask.hidden('shown', fingerprintOf(key)),
    ...(document ? [ask.hidden('document', document)] : []),
    ask.many('compared', 'Fingerprint', [
      { value: 'yes', text: 'We read the fingerprint above to each other on the telephone, and it is the same' },
    ]),
    ...(others.length > 0
      ? [
          ask.many('several', 'One key for several forces', [
            { value: 'yes', text: 'We asked: this Safelight sends for each of them' },
          ]),
        ]
      : []),
  ],
});

/** What the second step still asks. */
export const askedToCompare = {
  compared: 'Compare the fingerprint on the telephone, then tick the box',
  several: 'Ask the partnership whether its Safelight sends for several forces, then tick the box',
} as const;

export const endKeyPage = ({ id, name, publicKey }: KeptKey): FormPage => ({
  title: 'End this key',
  caption: name,
  ...backTo(exchangePaths.keys(), 'Keys of partnerships'),
  lead: [
    `Fingerprint: ${fingerprintOf(publicKey)}.`,
    'Returns that come from now on and are signed by this key do not count. Returns that came before still count.',
  ],
  action: exchangePaths.endKey(id),
  button: 'End the key',
  dangerous: true,
});

export const keyErrors = {
  'ended before': { '': 'Somebody has ended this key already' },
} as const;

export const ownKeyPage = ({ publicKey }: ExchangeKey): SectionsPage => ({
  title: 'Your own key',
  back: { href: returnPaths.list(), text: 'Returns' },
  lead: [
    'Safelight signs what your agency sends with this key: returns to a coordinator, and taskings to partnerships. Send the line to the coordinators or partnerships that receive them. Then read the fingerprint to each other on the telephone.',
    'The key changes when the operator of Safelight replaces the unit’s key. Then send the new line.',
  ],
  sections: [
    {
      kind: 'summary',
      rows: [
        { key: { text: 'Fingerprint' }, value: { text: fingerprintOf(publicKey) } },
        { key: { text: 'Key to send' }, value: { text: formatKeyLine(publicKey) } },
      ],
    },
    {
      kind: 'list',
      title: 'For programs',
      items: [
        { href: exchangePaths.schema('signed-return-1.schema.json'), text: 'JSON Schema of a signed return' },
        { href: exchangePaths.schema('tasking-1.schema.json'), text: 'JSON Schema of a tasking' },
      ],
    },
  ],
});
