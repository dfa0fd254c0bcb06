/** Input that the forms of this module accept, and their errors. */
import { z } from 'zod';
import { ShownLanguage } from '../../nrm/consent-words/index.ts';
import { CheckboxList, IdOf, OptionalText, RequiredText, Sentence } from '../../platform/forms/forms.ts';
import { consentSources } from '../consent/consent.ts';
import type { Disclosure } from '../disclosures/disclosure.ts';
import { ExplanationSchema } from '../interpreting/pages.ts';
import { ImmediateDisclosureFields, immediateDisclosureRule } from '../referrals/forms.ts';
import { type Edition, testsOf } from './law.ts';
import { agreements, asksForCounselling, kinds, notices, outcomes, type RequestId } from './request.ts';

export const RequestPath = z.object({ id: IdOf<RequestId>() });

export const ApprovedPath = z.object({
  id: z
    .uuid()
    .toLowerCase()
    .transform((id) => id as Disclosure['id']),
});

/** The field name for the answer to each test. */
export const testField = (index: number): string => `test${index}`;

const AskForm = z.object({
  to: z.string('Select the agency you are asking').min(1, 'Select the agency you are asking'),
  who: RequiredText('Write whom it is about, as you know the person', 120),
  reference: RequiredText('Write your own reference', 60),
  kinds: CheckboxList(kinds).refine((chosen) => chosen.length > 0, 'Select the information you need, and no more'),
  handling: Sentence('Enter how you will handle the information'),
  notice: z.enum(notices, 'Select how the person learns of it'),
  exception: z.string().optional().catch(undefined),
  noticeWhy: OptionalText(1_000),
});
const TestAnswer = Sentence('Answer in at least a sentence');

export type Asked = z.output<typeof AskForm> & { readonly tests: Readonly<Record<string, string>> };

/** The form with the tests of the rules in force: which are asked depends on what is asked for. All errors are shown together. Refuses agencies that are not police. */
export const askForm = (edition: Edition, police: boolean) =>
  z.looseObject({}).transform((typed, context): Asked => {
    const refuse = (message: string, path: PropertyKey[] = []) => context.addIssue({ code: 'custom', path, message });
    if (!police) {
      refuse('Only police may ask in this way. Your agency is none.');
      return z.NEVER;
    }
    const form = AskForm.safeParse(typed);
    for (const { path, message } of form.error?.issues ?? []) refuse(message, path);
    const tests = testsOf(edition, form.success && asksForCounselling(form.data.kinds)).map((test) => {
      const field = testField(edition.tests.indexOf(test));
      const said = TestAnswer.safeParse(typed[field] ?? '');
      if (!said.success) refuse(`${test.asks}: answer in at least a sentence`, [field]);
      return [test.name, said.data ?? ''] as const;
    });
    return form.success ? { ...form.data, tests: Object.fromEntries(tests) } : z.NEVER;
  });

export const nobody = 'nobody';
export const DecideForm = z
  .object({
    person: z
      .string('Select the person, or that it is nobody whose record you may see')
      .min(1, 'Select the person, or that it is nobody whose record you may see'),
    outcome: z.enum(outcomes, 'Select what you decide'),
    passed: z.preprocess((value) => (value === undefined || value === '' ? [] : [value].flat()), z.array(z.string())),
    agreement: z.enum(agreements, 'Select the answer of the person'),
    kinds: CheckboxList(kinds),
    words: OptionalText(4_000),
    reasons: Sentence('Enter the reasons for your decision'),
    /** Of an adult’s yes alone. */
    shown: ShownLanguage.optional().catch(undefined),
    ...ImmediateDisclosureFields,
    id: z.uuid().toLowerCase().optional().catch(undefined),
  })
  .refine(...immediateDisclosureRule);

/** The answers to the wording that was shown. */
export const AgreedForm = z.object({
  digest: z.string('Select “The person agrees: answer police”, or “The person does not agree”'),
  how: z.enum(consentSources, 'Select who said yes'),
  ...ExplanationSchema,
});
