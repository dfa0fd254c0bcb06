/** Finds the towns that a paragraph or an item begins with: "Preston – five addresses", "Burnley/Accrington: one each". */
import type { Block } from '../sentences.ts';

const name = "[A-Z][a-z'-]+(?:[ -](?:[A-Z][a-z'-]+|on|upon|under|le|de|St\\.?|and|the|of)){0,3}";
const lead = new RegExp(`^(?<names>${name}(?:(?: ?\\/ ?|, | & | and )${name}){0,4}) ?(?: - |: |- )`);
/** Labels of a list that are no places. */
const labels =
  /\b(?:Arrests?|Premises|Victims?|Warrants?|Results?|Signs?|Contact|Notes?|Editors?|Update|Phone|Website|Email|Background|Facts?|Key|Total|Physical|Appearance|Isolation|Police|Council|Officers?|Operation|Day|Week|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|Detective|Inspector|Sergeant|Anyone|If|In|The|This|What|How|People|Vehicles?|Cash|Drugs|Money|Team|Unit|Agency|Enforcement|Referrals?|Potential|Businesses|Locations?|Visits?|Call|Report|Online|Quote|Headline|Image|Picture|Photo|Caption|Read|More|Related|Media|Labour|Sexual|Modern|Human|Criminal|Domestic)\b/;

export function leadTownsOf({ text, part, kind }: Pick<Block, 'text' | 'part' | 'kind'>): readonly string[] {
  if (part !== 'body' || kind === 'heading') return [];
  const names = lead.exec(text.slice(0, 140))?.groups?.['names'];
  if (!names || labels.test(names) || /[":]/.test(names)) return [];
  // Only a paragraph that goes on with a figure is about what was done there.
  if (
    !/\b(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|an?|no)\b/i.test(
      text.slice(names.length, names.length + 60),
    )
  )
    return [];
  return names.split(/ ?\/ ?|, | & | and (?=[A-Z])/).map((one) => one.trim());
}
