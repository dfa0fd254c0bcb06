/** The forms of the partnership’s own words as pages, and how each field is said on a page that compares versions. */
import type { Field, FieldBuilder } from '../platform/forms/fields.ts';
import type { PartnershipPart } from '../platform/partnership.ts';
import { backTo, type FormPage } from '../platform/rendering/pages.ts';
import { longDay } from '../vocabulary/calendar/days.ts';
import { jurisdictions } from '../vocabulary/jurisdictions.ts';
import { settingsPaths } from '../vocabulary/paths/settings.ts';
import { describeLanguages, languagesFields } from './languages.ts';
import { answersFrom, type Content } from './partnership-forms.ts';

type PartPage = {
  readonly title: string;
  readonly hint: string;
  readonly address: () => string;
  readonly lead: readonly string[];
  /** The fields of the form, in order, each with its label. */
  readonly labels: Readonly<Record<string, string>>;
  readonly fields: (ask: FieldBuilder, known: Content) => readonly Field[];
};

const emailField = { type: 'email', autocomplete: 'off', spellcheck: false } as const;
const optional = (label: string): string => `${label} (optional)`;

export const partnershipPages: Readonly<Record<PartnershipPart, PartPage>> = {
  name: {
    title: 'Name, area and jurisdiction',
    hint: 'The name at the top of every page, where the partnership works, and by whose law it publishes.',
    address: settingsPaths.name,
    lead: ['The name stands at the top of the public site and in its titles. Search engines show it.'],
    labels: { name: 'Name of the partnership', shortName: 'Short name', area: 'Area', jurisdiction: 'Jurisdiction' },
    fields: (ask, known) => [
      ask.text('name', 'Name of the partnership', { value: known.name }),
      ask.text('shortName', 'Short name', {
        value: known.shortName,
        hint: 'For narrow places. 40 characters or fewer',
      }),
      ask.text('area', 'Area of the partnership', { value: known.area }),
      ask.one('jurisdiction', 'Jurisdiction', jurisdictions, {
        value: known.jurisdiction,
        hint: 'The check of releases names the law of this jurisdiction on anonymity. For Scotland and Northern Ireland it says which law nobody has read for it. Published releases stay as they are, with the law that they name',
      }),
    ],
  },
  about: {
    title: 'About and members',
    hint: 'The page About us.',
    address: settingsPaths.about,
    lead: ['The public page About us shows these words as you write them. They appear in your own language alone.'],
    labels: { about: 'Description', members: 'Members' },
    fields: (ask, known) => [
      ask.words('about', 'Description of the partnership, and the agency responsible for this site', {
        value: known.about,
        hint: 'Leave an empty line between paragraphs',
        rows: 8,
        most: 20_000,
      }),
      ask.words('members', 'Members of the partnership', {
        value: known.members,
        hint: 'One on each line, by its official name',
        rows: 8,
        most: 20_000,
      }),
    ],
  },
  contact: {
    title: 'Contact, press office and social media',
    hint: 'The page Contact us, the press contact under each release, and security.txt.',
    address: settingsPaths.contact,
    lead: ['These addresses are for general questions and for journalists. People who need help use other pages.'],
    labels: {
      email: 'E-mail address of the partnership',
      telephone: 'Telephone number of the partnership',
      post: 'Postal address',
      pressName: 'Name of the press office',
      pressEmail: 'E-mail address of the press office',
      pressTelephone: 'Telephone number of the press office',
      pressHours: 'Hours of the press office',
      securityEmail: 'E-mail address for faults in security',
      securityExpires: 'That address holds until',
      social: 'Accounts on social media',
    },
    fields: (ask, known) => [
      ask.text('email', 'E-mail address of the partnership', { value: known.email, ...emailField }),
      ask.text('telephone', optional('Telephone number of the partnership'), { value: known.telephone }),
      ask.text('post', optional('Postal address'), { value: known.post }),
      ask.text('pressName', optional('Name of the press office'), { value: known.pressName }),
      ask.text('pressEmail', 'E-mail address of the press office', { value: known.pressEmail, ...emailField }),
      ask.text('pressTelephone', optional('Telephone number of the press office'), { value: known.pressTelephone }),
      ask.text('pressHours', optional('Hours of the press office'), {
        value: known.pressHours,
        hint: 'For example: Monday to Friday, 9am to 5pm',
      }),
      ask.text('securityEmail', 'E-mail address for faults in the security of this site', {
        value: known.securityEmail,
        ...emailField,
      }),
      ask.day('securityExpires', 'Until which day does this address hold?', {
        value: known.securityExpires,
        hint: 'At most a year from now. The file security.txt says this day',
      }),
      ask.words('social', optional('Accounts on social media'), {
        value: known.social,
        hint: 'One on each line: its name, then its address. For example: Mastodon https://social.example/@partnership',
        rows: 4,
        most: 4_000,
      }),
    ],
  },
  privacy: {
    title: 'Privacy notice',
    hint: 'Who is the controller, and how people reach the data protection officer.',
    address: settingsPaths.privacy,
    lead: [
      'The privacy notice states what Safelight does with what people write. You add who answers for it. Have your data protection officer read the public page first.',
    ],
    labels: {
      controller: 'Controller',
      officer: 'How people reach the data protection officer',
      registration: 'Number in the register of the Information Commissioner',
      changed: 'Last changed',
    },
    fields: (ask, known) => [
      ask.text('controller', 'Who is the controller?', {
        value: known.controller,
        hint: 'The agency that answers in law for what people write on this site',
      }),
      ask.text('officer', 'How do people reach the data protection officer?', {
        value: known.officer,
        hint: 'An e-mail address, a telephone number or a postal address',
      }),
      ask.text('registration', 'Number in the register of the Information Commissioner', {
        value: known.registration,
      }),
      ask.day('changed', 'When did the notice last change?', { value: known.changed }),
    ],
  },
  accessibility: {
    title: 'Accessibility statement',
    hint: 'Who helps people who cannot use a page, the last test, and known faults.',
    address: settingsPaths.accessibility,
    lead: ['The accessibility regulations of 2018 ask a public body for this statement.'],
    labels: { email: 'E-mail address', tested: 'Last tested', testedBy: 'Tested by', faults: 'Known faults' },
    fields: (ask, known) => [
      ask.text('email', 'E-mail address for people who cannot use a page', { value: known.email, ...emailField }),
      ask.day('tested', 'When was the site last tested?', { value: known.tested }),
      ask.text('testedBy', 'Who tested it?', { value: known.testedBy }),
      ask.words('faults', optional('Faults that you know, besides those that Safelight lists'), {
        value: known.faults,
        hint: 'One on each line',
        rows: 5,
        most: 20_000,
      }),
    ],
  },
  languages: {
    title: 'Languages',
    hint: 'Which languages readers of the public site can choose.',
    address: settingsPaths.languages,
    lead: [
      'Readers can choose the languages that you tick. The others leave the list of languages, the private entrance and the papers to print.',
      'Think before you hide a language. People who read it alone get English. An unreviewed translation often helps more than none.',
      'Receipts in a hidden language still open their mailbox. Pages in English show 999 in each hidden language.',
    ],
    labels: {},
    fields: languagesFields,
  },
};

/** The form of one part, with what is proposed or public now. */
export function partnershipFormPage(part: PartnershipPart, content: Content, waiting: boolean): FormPage {
  const { title, lead, fields } = partnershipPages[part];
  return {
    title,
    ...backTo(settingsPaths.settings(), 'Settings'),
    lead: [
      ...lead,
      'Another administrator or a data-protection lead must approve your proposal before the public sees it.',
    ],
    ...(waiting && { warning: 'A proposal waits for approval. If you save this form, your proposal replaces it.' }),
    button: 'Save as a proposal',
    fields: (ask) => fields(ask, answersFrom(part, content)),
  };
}

const isDayField = (name: string): boolean => ['securityExpires', 'changed', 'tested'].includes(name);

/** Each field of one part: its label and its words; empty where nothing is said. */
export const describePartnership = (
  part: PartnershipPart,
  content: Content,
): readonly (readonly [string, string])[] => {
  if (part === 'languages') return describeLanguages(content);
  const answers = answersFrom(part, content);
  return Object.entries(partnershipPages[part].labels).map(([name, label]) => {
    const value = String(answers[name] ?? '');
    return [label, isDayField(name) && value ? longDay(value) : value];
  });
};
