/** Sentences of releases that name nobody of any case, and sentences into which something is planted. */

const lines = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export const clean = lines(`
  Officers and partners visited business addresses across the county during the week.
  The week of action was planned with health workers, councils and charities.
  Teams spoke to people at each address and told them where they can get help.
  Interpreters helped by telephone, so that everybody could speak in their own language.
  Detective Inspector Harriet Underwood leads the unit that planned the week.
  Councillor Miles Pemberton thanked the teams for their work.
  “We want people to know that they can talk to us,” said Detective Sergeant Rowan Ashdown.
  Modern slavery happens in towns and in villages, in shops and in homes.
  If you see something that worries you, tell somebody you trust.
  In an emergency, call 999.
  The Modern Slavery Helpline answers day and night.
  A person who is exploited may not see themselves as a victim.
  People may be moved from place to place and may not know where they are.
  Workers may have no wages of their own and no papers.
  The door may be locked from outside, and the curtains may be closed all day.
  Watch for people who look tired, who wear the same clothes and who do not speak for themselves.
  Safeguarding nurses were there to look after anybody who needed care.
  Nobody has to speak to police to get help.
  The partnership meets every month and plans what it does next.
  Trading Standards and the fire service checked that buildings were safe.
  In Watford, Hemel Hempstead and Bishop’s Stortford, posters were put up at stations.
  The station in the high street will show the poster until the spring.
  A spokesperson for the council said that the town is a good place to live and to work.
  Open Door Relief offers a place to stay and somebody to talk to.
  The Gangmasters and Labour Abuse Authority took part for the first time.
  More information is on the page “Spot the signs”.
  The work was part of a week of action in many countries of Europe.
  Will you help us? It takes a minute to read the signs.
  May and June are the months in which most farms look for workers.
  The grace with which volunteers meet people makes the difference.
  Young people were told about the signs at schools and colleges.
  The unit was set up in 2015 after the Modern Slavery Act.
  Hill farmers, hotel owners and landlords were asked to look out for each other.
  Long hours and low wages are not always exploitation, but they can be a sign.
  Reports from the public are the reason why teams go where they go.
  Tell us by telephone, on the website or at any police station.
  A rose was planted in the garden of the refuge to mark the day.
  “Every report counts,” Superintendent Priya Raman added.
  Banks and letting agents learned what to look for in accounts and in leases.
  The campaign goes on until the end of the year.
  Work like this depends on trust, and trust takes time.
  The next meeting of the partnership is open to everybody.
  Health visitors, midwives and doctors see people whom nobody else sees.
  Several people asked for help later, by the helpline.
  Drivers were shown how labour exploitation can look at a car wash.
  The county has a plan for people who need a safe place at night.
  A short film in twelve languages tells people about their rights at work.
  We name no one whom teams met during the week.
  The teams left cards with numbers that are free to call.
  Chief Constable Edwin Marlowe said that the force will be back.
`);

/** “@” is where it is planted. */
export const holders = lines(`
  Officers spoke to @ during the week.
  Teams went to @ on the second day.
  We thank @ for telling us.
  People near @ had been worried for months.
  It began with @ and ended in court.
  Nobody at @ wanted to speak.
  The teams met @, and then they left.
  Neighbours knew about @ for a long time.
  What was found there, @, was taken away.
  “We had heard of @ before,” a neighbour told us.
`);
