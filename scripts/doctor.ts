/** `npm run doctor`: reports in one sentence each what works, what is missing or wrong, and what to do about it. `safelight doctor` says the same, without what only tests need. */
import { examine } from '../src/cli/doctor/examine.ts';
import { formatFindings } from '../src/cli/doctor/finding.ts';
import { checkBrowser } from './doctor-browser.ts';

const help = `npm run doctor
Looks at Node, the database, the browser for tests, the isolation of the file cleaner, the data folder, the private host, the port, the keys and the clock,
with the settings of this environment. Of a running Safelight it says what the page System health says. Ends with 1 when something must be cured.`;

if (process.argv.includes('--help') || process.argv.includes('-h')) console.log(help);
else {
  const { lines, ill } = formatFindings(await examine([checkBrowser()]));
  console.log(lines.join('\n'));
  process.exit(ill === 0 ? 0 : 1);
}
