/** The print room: which papers there are, in which sizes and languages. */

import type { ReaderLanguage } from '../../platform/offered-languages.ts';
import type { TextKey } from '../languages/english.ts';
import type { Translator } from '../languages/language.ts';
import { type Paper, papers } from './pages-paper.ts';

/** The files of each paper: the name in the address, and the size that a printer asks for. */
export const paperFiles = {
  poster: [
    { name: 'poster-a4', size: 'A4' },
    { name: 'poster-a3', size: 'A3' },
  ],
  card: [{ name: 'cards', size: 'A4' }],
  leaflet: [{ name: 'leaflet', size: 'A4' }],
  sheet: [{ name: 'sheet', size: 'A4' }],
} as const satisfies Readonly<Record<Paper, readonly { readonly name: string; readonly size: 'A4' | 'A3' }[]>>;
export type PaperFile = (typeof paperFiles)[Paper][number]['name'];

const whatItIs: Readonly<Record<Paper, TextKey>> = {
  poster: 'print.hang',
  card: 'print.wallet',
  leaflet: 'print.fold',
  sheet: 'print.work',
};

export const printRoomPage = (words: Translator, languages: readonly ReaderLanguage[]) => ({
  title: words.plain('print.title'),
  here: '/signs/print',
  papers: papers.map((paper) => ({
    title: words.t(`print.${paper}`),
    says: words.t(whatItIs[paper]),
    page: `/signs/${paper}`,
    files: paperFiles[paper].map(({ name, size }) => ({
      size,
      languages: languages.map((language) => ({
        ...language,
        href: `/signs/print/${name}.pdf?language=${language.code}`,
      })),
    })),
  })),
});

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'public/signs/public-print': ReturnType<typeof printRoomPage>;
  }
}
