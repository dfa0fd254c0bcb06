/** What was said in the self-check, as the beginning of a report: the ticks, and the kind of place. The reporter can change it. What means nothing alone does not come along. */
import { dayOf } from '../../platform/clock.ts';
import type { Translator } from '../../public/languages/index.ts';
import { isControlSign, listSigns, placeKeys, readPlace } from '../../public/signs/index.ts';

/** Empty where nothing of ours was ticked. */
export function describeTicks({ plain, saidPlain }: Translator, body: unknown, now: Date): string {
  const { sign = [] } = (body ?? {}) as { readonly sign?: unknown };
  const ticked = [sign].flat();
  const lines = listSigns(dayOf(now))
    .filter((one) => ticked.includes(one.id) && isControlSign(one))
    .map(({ text }) => `– ${saidPlain(text)}`);
  if (lines.length === 0) return '';
  return [plain('short.noticed'), ...lines, ''].join('\n');
}

/** Empty where no kind of place was chosen. */
export function describePlace({ plain }: Translator, body: unknown): string {
  const place = readPlace(body);
  return place ? plain(placeKeys[place]) : '';
}
