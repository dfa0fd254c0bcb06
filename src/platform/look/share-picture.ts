/** The picture that other sites show with a link to a page (Open Graph): 1,200 by 630 dots, drawn here. */
import { readFileSync } from 'node:fs';
import { drawFirstPage } from '../files/index.ts';
import { compilePaper } from '../paper/compile.ts';
import { toPaperText } from '../paper/paper-text.ts';
import { forPaper } from './logo.ts';
import type { SiteLook } from './site-look.ts';

export const pictureSize = { width: 1_200, height: 630 } as const;

export type SharePicture = {
  readonly title: string;
  /** Below the title. */
  readonly line: string;
  readonly colour: SiteLook['colour'];
  readonly logo: SiteLook['logo'];
  /** Says on the picture that everything is invented. */
  readonly demonstration: boolean;
};

let template: string | undefined;
const pictureTemplate = (): string => {
  template ??= readFileSync(new URL('./share-picture.typ', import.meta.url), 'utf8');
  return template;
};

/** Gives a PNG. */
export async function drawSharePicture({ title, line, colour, logo, demonstration }: SharePicture): Promise<Buffer> {
  const pdf = await compilePaper(pictureTemplate(), {
    plain: title,
    title: toPaperText(title).parts,
    line: toPaperText(line).parts,
    note: demonstration ? toPaperText('Demonstration: people, agencies and events are invented.').parts : [],
    colour: colour ?? '',
    logo: logo ? forPaper(logo, { width: 480, height: 150 }) : null,
  });
  return drawFirstPage(pdf);
}
