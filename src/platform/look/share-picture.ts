/** The picture that other sites show with a link to a page (Open Graph): 1,200 by 630 dots, drawn here. */
import { readFileSync } from 'node:fs';
import { drawFirstPage } from '../files/index.ts';
import { compilePaper } from '../paper/compile.ts';
import { toPaperText } from '../paper/paper-text.ts';
import { forPaper } from './logo.ts';
import type { SiteLook } from './site-look.ts';

export const pictureSize = { width: 1_200, height: 630 } as const;

export type SharePicture = {
  /** Whose it is, above the title; undefined where the title says so. */
  readonly name?: string | undefined;
  readonly title: string;
  /** What it says in short, below the title: the first three are drawn. */
  readonly points?: readonly string[];
  /** Below the title and its points. */
  readonly line: string;
  readonly colour: SiteLook['colour'];
  readonly logo: SiteLook['logo'];
  /** Says on the picture that everything is invented. */
  readonly demonstration: boolean;
};

const mostPoints = 3;

let template: string | undefined;
const pictureTemplate = (): string => {
  template ??= readFileSync(new URL('./share-picture.typ', import.meta.url), 'utf8');
  return template;
};

/** Gives a PNG. */
export async function drawSharePicture(picture: SharePicture): Promise<Buffer> {
  const { name, title, points = [], line, colour, logo, demonstration } = picture;
  const pdf = await compilePaper(pictureTemplate(), {
    plain: title,
    name: name ? toPaperText(name).parts : [],
    points: points.slice(0, mostPoints).map((point) => toPaperText(point).parts),
    title: toPaperText(title).parts,
    line: toPaperText(line).parts,
    note: demonstration ? toPaperText('Demonstration: people, agencies and events are invented.').parts : [],
    colour: colour ?? '',
    logo: logo ? forPaper(logo, { width: 480, height: 150 }) : null,
  });
  return drawFirstPage(pdf);
}
