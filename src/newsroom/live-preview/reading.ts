/** Reads a release with what its writer is typing: the text as readers will see it, and what the check finds. Saves nothing. */
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import type { Request } from '../../platform/http/server.ts';
import { findPublication } from '../publication/store.ts';
import type { CheckSettings } from '../release-check/stale-contacts.ts';
import type { EditPageData } from '../releases/edit-page.ts';
import { readBrackets } from '../releases/figure-fields.ts';
import { firstReadOn, printWith } from '../releases/reading.ts';
import { isPublicNow } from '../releases/release.ts';
import { figureTable, findSigned } from '../releases/stated.ts';
import { divideStops } from '../releases/stopped-words.ts';
import { getRelease } from '../releases/store.ts';
import { applyReleasePolicy, checkReleaseText, previewOf } from '../releases/text.ts';
import { readShownStops } from '../submitted-releases/stop-names.ts';
import { showLivePreview } from './pages.ts';
import { readTypedText } from './typed-text.ts';

/** Names of the case are compared when the text is submitted: what was found in the saved text does not stand in the same place here. */
export async function readTypedPreview(
  db: Reader<AnyTables>,
  id: string,
  { now, actor, body }: Pick<Request, 'now' | 'actor' | 'body'>,
  contacts: CheckSettings,
): Promise<EditPageData> {
  const release = await getRelease(db, id);
  const signed = await findSigned(db, release);
  const publishable = signed && (await applyReleasePolicy(release, signed));
  const read = await readBrackets(release, publishable, body);
  const { release: typed, problems, tooLong } = readTypedText(release, answersOf(body), read.brackets);
  const shows = publishable && !tooLong;
  const findings = shows ? await checkReleaseText(typed, publishable, firstReadOn(typed, now), contacts) : [];
  const preview = shows ? await previewOf(typed, publishable, findings) : {};
  const print = await printWith(publishable);
  const isOut = isPublicNow(await findPublication(db, id), now);
  const table = publishable && signed ? await figureTable(release, publishable, signed) : { figures: [], leftOut: [] };
  return {
    ...{ release, ...read, isOut, table, who: actor },
    stops: await readShownStops(db, await divideStops(db, release)),
    live: showLivePreview(typed, { preview, findings, print, problems, typed: true }),
  };
}
