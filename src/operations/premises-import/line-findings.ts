/** What a line of a file may say that the form cannot refuse: a reason that is no ground, a postcode that is none. Pure. */
import type { FormErrors } from '../../platform/forms/forms.ts';

const nationalities =
  /\b(?:(?:Afghan|Albanian|Algerian|Brazilian|Bulgarian|Cambodian|Colombian|Egyptian|Eritrean|Estonian|Ethiopian|Gambian|Georgian|Ghanaian|Hungarian|Indian|Indonesian|Iranian|Italian|Jamaican|Jordanian|Korean|Kosovan|Latvian|Libyan|Lithuanian|Malaysian|Moldovan|Mongolian|Moroccan|Nigerian|Peruvian|Romanian|Russian|Serbian|Sri Lankan|Syrian|Tunisian|Ugandan|Ukrainian|Venezuelan|African|Asian|Eastern European|European|Ghanian|Slovakian)s?|Bangladeshis?|Chinese|Congolese|Czechs?|Filipin[oa]s?|Iraqis?|Japanese|Kurdish|Kurds?|Nepal(?:i|ese)|Pakistanis?|Poles|Polish (?:men|women|people|workers?|girls?|nationals?)|Portuguese|Roma|Senegalese|Slovaks?|Somalis?|Spanish|Sudanese|Thais?|Turkish|Turks?|Vietnamese|Zimbabweans?|foreign(?:ers?)?|nationalit(?:y|ies)|(?:im)?migrants?)\b/i;
const sexes = /\b(?:wom[ae]n|m[ae]n|girls?|boys?|females?|males?|lad(?:y|ies))\b/i;
const languages =
  /\b(?:accents?|languages?|(?:speak(?:s|ing)?|spoke|know(?:s)?) (?:no|little|any|poor|hardly any) \w+|(?:no|poor|broken|little) English|(?:do|does|did|can)(?:es)?(?: not|n['’]t|not) speak)\b/i;

const never = 'Nationality, sex and language are never a reason for a visit';
const instead = 'Say what somebody observed there, and write “people” or “children”';

/** Quotes the word, so that the planner finds it in the cell. */
function findGround(reason: string): string | undefined {
  const found = nationalities.exec(reason) ?? sexes.exec(reason) ?? languages.exec(reason);
  return found ? `${never}. The reason says “${found[0]}”. ${instead}` : undefined;
}

const postcodePattern = /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i;

/** By the fields of the form. Undefined where nothing is found. */
export function findLineFaults(values: {
  readonly reason: string;
  readonly postcode: string | null;
}): FormErrors | undefined {
  const reason = findGround(values.reason);
  const postcode =
    values.postcode !== null && !postcodePattern.test(values.postcode)
      ? 'This is no postcode. Enter one like WD17 1AA, or leave it empty'
      : undefined;
  return reason || postcode ? { ...(reason && { reason }), ...(postcode && { postcode }) } : undefined;
}
