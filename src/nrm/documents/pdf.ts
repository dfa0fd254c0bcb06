/** The draft as a tagged PDF: in the order of the form, each answer in its own script. Letters that no font here draws are given by number. */
import { readFileSync } from 'node:fs';
import { compilePaper } from '../../platform/paper/compile.ts';
import { missingMark, type PaperPart, toPaperText } from '../../platform/paper/paper-text.ts';
import type { PrintedForm } from '../printed-form.ts';

const marking = 'OFFICIAL-SENSITIVE: PERSONAL DATA';

let template: string | undefined;
const nrmTemplate = (): string => {
  template ??= readFileSync(new URL('./nrm-document.typ', import.meta.url), 'utf8');
  return template;
};

/** More numbers than this would fill the page. */
const mostCodes = 40;

/** What `[…]` stands for; null if every letter is drawn. */
function describeMissing(missing: readonly string[]): string | null {
  if (missing.length === 0) return null;
  const codes = missing.flatMap((letters) => [...letters]).map((one) => (one.codePointAt(0) ?? 0).toString(16));
  const says = `${missingMark} stands where this document cannot show a letter`;
  if (codes.length > mostCodes) return `${says}. The page of the draft shows them all.`;
  return `${says}. By their numbers in Unicode: ${codes.join(' ').toUpperCase()}.`;
}

type Row = {
  readonly asks: string;
  readonly says: readonly PaperPart[];
  readonly blank: string | null;
  readonly missing: string | null;
};

function toRow({ asks, says, blank }: PrintedForm['sections'][number]['rows'][number]): Row {
  const { parts, missing } = toPaperText(says);
  return { asks, says: parts, blank, missing: describeMissing(missing) };
}

export async function pdfOf({ title, note, sections }: PrintedForm): Promise<Buffer> {
  return compilePaper(nrmTemplate(), {
    ...{ title, note, marking },
    sections: sections.map((section) => ({ title: section.title, rows: section.rows.map(toRow) })),
  });
}
