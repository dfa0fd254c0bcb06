/** The placeholders that a writer may use, each with what it says now. */
import type { PublishableReturn } from '../drafting/public-figures.ts';
import type { PlaceholderExample, PlaceholderList } from './edit-page.ts';
import type { Release } from './store.ts';
import { loadDrafting } from './text.ts';

export async function renderPlaceholder(placeholder: string, publishable: PublishableReturn): Promise<string> {
  const { fillPlaceholders: fill } = await loadDrafting();
  return fill(placeholder, publishable)
    .map(({ text }) => text)
    .join('');
}

/** What every placeholder that may be told says now. */
export async function listPlaceholders(publishable: PublishableReturn | null): Promise<PlaceholderList> {
  if (!publishable) return [];
  const { figureKeys, weekNames, describeKey: meaning } = await loadDrafting();
  const panel: { placeholder: string; says: string; what: string }[] = [];
  const meanings = [
    ...weekNames.map((key) => [key, ''] as const),
    ...figureKeys.map((key) => [key, meaning(key)] as const),
  ];
  for (const [key, what] of meanings) {
    const placeholder = `{{${key}}}`;
    const [group, name, breakdown] = key.split('.');
    const figure = publishable.figures[`${group}.${name}` as keyof PublishableReturn['figures']];
    const isPublishable =
      group === 'week' || (figure !== undefined && (breakdown === undefined || breakdown in figure.breakdowns));
    if (isPublishable)
      panel.push({
        placeholder,
        says: await renderPlaceholder(placeholder, publishable),
        what,
      });
  }
  return panel;
}

/** The first placeholder of the text that carries words with it, and what it says now. */
export async function findExample(
  { title, body }: Pick<Release, 'title' | 'body'>,
  publishable: PublishableReturn,
): Promise<PlaceholderExample | undefined> {
  const [placeholder] = /\{\{[\w.]+\|[^{}]+\}\}/.exec(`${title}\n${body}`) ?? [];
  return placeholder === undefined
    ? undefined
    : { placeholder, says: await renderPlaceholder(placeholder, publishable) };
}
