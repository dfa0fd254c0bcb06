/** Where no speaker has checked a translation, grave sentences have their English after them. On a page it is gathered at the end, in one place that opens, so that a reader meets one language at a time; on paper it stays where it is. Pure. */
import type { Views } from './views.ts';

const beside = / ?<span class="sl-beside" lang="en" dir="ltr">([\s\S]*?)<\/span>/g;
const wholeMain = /(<main[^>]*>)([\s\S]*)(<\/main>)/;

/** `html` is a whole page; `label` names the place in the reader's language, as plain text. Without a label the page has its English version one press away, and the English is left out. Attributes and all outside of the main part are left alone. */
export function gatherEnglish(html: string, label: string | undefined): string {
  if (!html.includes('class="sl-beside"') || html.includes('class="sl-paper')) return html;
  return html.replace(wholeMain, (_main, start: string, content: string, end: string) => {
    const sentences = new Set<string>();
    const alone = content.replace(beside, (_span, english: string) => {
      sentences.add(english);
      return '';
    });
    if (sentences.size === 0 || label === undefined) return `${start}${alone}${end}`;
    const list = [...sentences].map((english) => `<p>${english}</p>`).join('\n');
    return `${start}${alone}<details class="govuk-details sl-original"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${label}</span></summary><div class="govuk-details__text" lang="en" dir="ltr">${list}</div></details>
${end}`;
  });
}

type Worded = { readonly plain?: (key: 'shell.original') => string; readonly named?: true; readonly here?: string };

/** The views of the public pages. */
export const gatheringViews = (views: Views): Views => {
  // Help has its English version one press away, and no room for it below 14,000 bytes.
  const gathered = (html: string, { plain, named, here }: Worded): string =>
    plain ? gatherEnglish(html, named && here === '/help' ? undefined : plain('shell.original')) : html;
  const render = (view: string, model: object): string => gathered(views.render(view, model), model);
  return { render, stencil: (view, model, names) => views.stencil(view, model, names, gathered) };
};
