/** What the forms about intelligence accept, and their error messages. */
import { z } from 'zod';
import { ExportForm, exportReasons } from '../../platform/exports/export-reason.ts';
import { Day, OptionalDay, OptionalText, RequiredLine, RequiredText, Sentence } from '../../platform/forms/forms.ts';
import { assessments, disposalReasons, handlings, type ItemId, sourceEvaluations } from './item.ts';

export const mostLetters = 4_000;
const mostConditions = 1_000;

export const ItemPath = z.object({
  id: z
    .uuid()
    .toLowerCase()
    .transform((id) => id as ItemId),
});
export const ReportPath = z.object({ id: z.uuid().toLowerCase() });

/** A form of address, an e-mail address or a telephone number. */
const namesSomebody = /\b(?:mr|mrs|ms|miss|mx|dr)\b|@|\+?\d(?:[\s()-]?\d){9,}/i;

const ReferenceAlone = (missing: string, most: number) =>
  RequiredLine(missing, most).refine(
    (reference) => !namesSomebody.test(reference),
    'Enter the reference alone, without a name, number or address of a person',
  );

const said = {
  text: RequiredText('Enter the intelligence', mostLetters),
  from: Day('Enter the first day'),
  to: OptionalDay(),
  sourceEvaluation: z.enum(sourceEvaluations, 'Select the source evaluation'),
  assessment: z.enum(assessments, 'Select the information assessment'),
  handling: z.enum(handlings, 'Select the handling code'),
  conditions: OptionalText(mostConditions),
  /** Why the words that the check found do not lead to the source. */
  checked: OptionalText(500).refine(
    (reason) => reason === null || reason.length >= 20,
    'Write at least a sentence, so that somebody else can judge it',
  ),
};

type Said = {
  readonly handling: string;
  readonly conditions: string | null;
  readonly from: string;
  readonly to: string | null;
};
const hasConditions = ({ handling, conditions }: Said): boolean => handling !== 'C' || conditions !== null;
const isInOrder = ({ from, to }: Said): boolean => to === null || from <= to;
const missing = { path: ['conditions'], message: 'Enter the handling conditions' };
const reversed = { path: ['to'], message: 'The last day must not be before the first day' };

export const ReportItemForm = z.object(said).refine(hasConditions, missing).refine(isInOrder, reversed);

export const OwnItemForm = z
  .object({
    ...said,
    originalReference: ReferenceAlone('Enter the reference of the original record', 100),
  })
  .refine(hasConditions, missing)
  .refine(isInOrder, reversed);

export const CorrectionForm = z
  .object({ ...said, why: RequiredLine('Say why you correct this', 200), base: z.coerce.number().int() })
  .refine(hasConditions, missing)
  .refine(isInOrder, reversed);

export type SaidOfItem = Pick<z.output<typeof ReportItemForm>, keyof typeof said>;

export const SystemReferenceForm = z.object({ reference: ReferenceAlone('Enter the reference', 60) });

export const ReviewForm = z.object({
  until: Day('Enter the day of the next review'),
  why: Sentence('Enter why it is necessary to keep it'),
});

export const DisposalForm = z.object({
  reason: z.enum(disposalReasons, 'Select why you dispose of it'),
});

export const shapes = ['pdf', 'json'] as const;
/** Intelligence is never published. */
export const itemExportReasons = exportReasons.filter(
  (reason) => reason !== 'to publish it, or to send it to the press',
);
export const ItemExportForm = ExportForm.extend({
  why: z.enum(itemExportReasons, 'Select why you are exporting it'),
  shape: z.enum(shapes, 'Select a form to print or data'),
});
