/** Ways to write properly: nothing of it leads to the source, though some of it looks so. */

import type { Kind } from './text-kinds.ts';
import { workThemes } from './themes.ts';

export const cleanKinds: readonly Kind[] = [
  {
    kind: 'clean-plain',
    patterns: [
      ['I saw {him} hit one.', '{s} uses violence against the {ppl}.'],
      ['I think {he} is local.', '{s} lives in {town} and has links to {town2}.'],
      ['I feel they are frightened.', 'The {ppl} appear frightened of {s} and do not speak when {he} is present.'],
      ['My guess is they came this summer.', 'The {ppl} are thought to have arrived in {month}.'],
      ['I dont think they can go to a doctor.', 'The {ppl} have no access to medical care.'],
      ['I have seen more than one house.', '{s} has the use of more than one address, including {home}.'],
      ['I know they cant speak english.', 'The {ppl} speak little English and rely on {S2} to interpret.'],
    ],
  },
  {
    kind: 'clean-subject-names-like-words',
    alone: true,
    themes: workThemes,
    patterns: [
      [
        'Will May is the one I mean.',
        'Will MAY and his brother Mark MAY run {biz}, {addr}.',
        'MAY controls the {ppl}.',
      ],
      [
        'I heard a woman called My.',
        'Nguyen Thi MY is a potential victim at {addr}.',
        'MY is moved in a {veh}, {vrm}.',
      ],
      [
        'The boss signs as Ion I Popa.',
        'Ion I. POPA is the gangmaster for {biz}, {town}.',
        'POPA holds the wages of {n} {ppl}.',
      ],
      ['A bloke called Wee, I think Chinese.', 'Thomas WEE lets rooms at {home} to {n} {ppl}.', 'WEE drives a {veh}.'],
      [
        'Her name is Myra Mine.',
        'Myra MINE is the director of {biz}, {addr}.',
        'MINE and {S} collect the {ppl} {approx}.',
      ],
      [
        'There is Hope and Grace, both girls.',
        'Potential victims Hope OSARO and Grace OSARO are kept at {home} by {S}.',
      ],
      [
        'He is Ian Self, he lives by me.',
        'Ian SELF supplies {n} {ppl} to {biz}, {town}.',
        'SELF threatens them with eviction.',
      ],
      ['Mr Caller has the shop.', 'Dennis CALLER owns {biz}, {addr}.', 'CALLER pays the {ppl} {£20|£25} a day.'],
      ['Wei Ou, I saw the name on the door.', 'OU Wei is the tenant of {home}.', 'OU houses {n} {ppl} for {S}.'],
      [
        'Its Iva and Ives who do it.',
        'Iva IVES of {home} recruits {ppl} online.',
        'IVES is paid by {S} for each worker.',
      ],
    ],
  },
  {
    kind: 'clean-subject-address-with-i',
    alone: true,
    patterns: [
      [
        'I pass it, Elizabeth I Street.',
        '{S} lives at {no} Elizabeth I Street, {town}.',
        '{n2} {ppl} are kept at the address.',
      ],
      ['I mean flat I.', '{n2} {ppl} are kept by {S} at Flat I, {no} {street}, {town}.'],
      ['I went past block I.', 'Block I, {Vessel|Kestle|Pinfold} Court, {town}, is used by {S} to house {n} {ppl}.'],
      [
        'I saw them go in unit I.',
        'Unit I, Weir Bank Trading Estate, {town}, is used by {S} to store drugs.',
        '{n2} {ppl} sleep there.',
      ],
      ['I know it as James I House.', '{S} rents rooms at James I House, {street}, {town}, for {n} {ppl}.'],
      ['I walk by the World War I memorial.', '{S} picks up the {ppl} by the World War I memorial in {town} {approx}.'],
      [
        'I saw it at My Lady Lane.',
        '{S} resides at {no} My Lady Lane, {town}.',
        '{n2} {ppl} are at the address with {him}.',
      ],
      ['The one on Mine Road.', 'The {ppl} are kept by {S} at {no} Mine Road, {town}, next to the disused mine.'],
      ['I think its Our Lady Walk.', '{S} has moved the {ppl} to {no} Our Lady Walk, {town2}.'],
    ],
  },
  {
    kind: 'clean-vehicles',
    patterns: [
      ['I got the plate, {vrm}.', '{s} drives a {veh}, registration {vrm}.'],
      ['I noted it down, {vrm}.', 'The {ppl} travel in {vrm}, a {veh} with ladders on the roof.'],
      ['I saw {S2} driving.', 'A {veh}, VRM {vrm}, is driven by {S2} on behalf of {s}.'],
      ['I only got part of the plate.', 'The vehicle is a {veh}, partial registration {vrmPart}.'],
      ['I saw two of them.', 'Two vehicles are used: a {veh}, {vrm}, and a {veh2} bearing {vrm2}.'],
      ['I think the plate is false.', 'The {veh} is believed to be on false plates, {vrmWord}.'],
      [
        'My mate says its from an auction.',
        'The {veh}, {vrm}, has no registered keeper and a damaged nearside mirror.',
      ],
    ],
  },
  {
    kind: 'clean-approximate-times',
    patterns: [
      ['I saw them at {clock2} on {date} from my window.', 'The {ppl} are collected {approx}.'],
      ['I was up at {clock2} and saw the van.', 'A {veh} arrives at {place} {approx}.'],
      ['I hear them at {clock2} through my wall.', 'There is activity at {place} in the early hours.'],
      ['On {date} at {clock2} I counted them.', 'The {ppl} are taken to and from {place} between 5am and 7am.'],
      ['I leave for work at six and they are out.', 'The {ppl} are at work before sunrise and finish after 8pm.'],
      ['I see him about ten at night.', '{s} visits {place} around 10pm on most Fridays.'],
      ['I was there one lunch time.', '{s} is usually at {place} around lunchtime and leaves by mid-afternoon.'],
    ],
  },
  {
    kind: 'clean-dates',
    patterns: [
      ['I saw it on {date} and other days.', 'The {ppl} were moved on several dates in {month}.'],
      ['I think they came in May.', 'The {ppl} arrived in May and may have been moved from {town2}.'],
      ['I noticed in the first week of {month}.', 'The activity began in early {month} and continues.'],
      ['I was told they go at Christmas.', '{s} will move the {ppl} to {town2} before the end of the year.'],
      ['I saw it from {date}.', 'Between {month} and the present, the {ppl} have not been paid.'],
      ['My diary says {date}.', '{s} has controlled the {ppl} since about {month}.'],
      ['I know the lease started {date}.', 'The lease of {addr} to {S2} began in {month}.'],
    ],
  },
  {
    kind: 'clean-opening-hours',
    themes: ['carwash', 'nails', 'takeaway'],
    patterns: [
      ['I go there on my way home.', '{biz} is open from 08:00 to 20:00, seven days a week.'],
      ['I am a customer.', 'Opening hours are 9am to 6pm and the {ppl} remain after closing.'],
      ['I saw the sign on the door.', 'The premises are open to the public 10:00-22:00 Monday to Saturday.'],
      ['I live close by so I see it shut.', 'The premises close at 23:00 but the {ppl} are not allowed to leave.'],
      ['I read the hours on their page.', 'The advertised hours are 07:30 to 19:30. The {ppl} work throughout.'],
      ['I drove past on Sunday.', 'The business opens at 8.30am, and on Sundays from 10am until 4pm.'],
    ],
  },
  {
    kind: 'clean-subject-phone',
    themes: [...workThemes, 'brothel'],
    channel: 'phone',
    patterns: [
      [
        'I found the advert, its {sphone}. Mine is {phone}.',
        'An advertisement for the business gives the number {sphone}.',
      ],
      [
        'I called the number on the card, {sphone}.',
        '{s} can be reached on {sphone}, which is on a card handed to customers.',
      ],
      ['I have {s} in my phone as {sphone}.', 'The mobile number of {s} is {sphone}.'],
      ['I saw {slandline} on the van.', 'The {veh} is signwritten with the telephone number {slandline}.'],
      ['I got a text from {sphone}. Ring me on {phone}.', 'Job offers are sent by text message from {sphone}.'],
      ['I saw two numbers on the site.', '{S} uses {sphone} and {S2} uses {sphone2}.'],
      ['I saw the ad on line.', 'The online advertisement lists {sphone} and landline {slandline}.'],
    ],
  },
  {
    kind: 'clean-subject-email-and-web',
    themes: [...workThemes, 'brothel'],
    channel: 'email',
    patterns: [
      ['I wrote to them at {smail}. I am on {mail}.', 'Work is offered through the e-mail address {smail}.'],
      ['I saw the website.', '{s} takes bookings by e-mail to {smail}.'],
      ['I follow them online.', 'The {ppl} were recruited through a social media page in the name of {S2}.'],
      ['I saw the post, its {smail}.', 'Job posts on social media give {smail} as the contact.'],
      ['I looked at their page.', 'The website of the business gives the contact {smail} and {sphone}.'],
      ['I got an email once from {smail}.', '{S2} sends rotas to the {ppl} from {smail}.'],
    ],
  },
  {
    kind: 'clean-subject-professions',
    patterns: [
      ['I work with {S2} who is a nurse.', '{S2}, a nurse, obtains medication for {s}.'],
      ['I know {S2} drives a taxi.', 'The driver, {S2}, is a taxi driver and takes the {ppl} to {place}.'],
      ['I rent from the same landlord.', 'The landlord of {home} is {S2}, who knows that the {ppl} are kept there.'],
      ['I heard {s} used to be a chef.', '{s} is a trained chef and also works as a delivery driver.'],
      ['I think {v} was a cleaner before.', '{V} is a potential victim who is made to work as a cleaner at {home}.'],
      ['My accountant is the same one.', 'The accountant {S2} prepares false payslips for {s}.'],
      ['I see the security man there.', '{S2} acts as a security guard and stops the {ppl} from leaving.'],
      ['I know {S2} interprets for them.', '{S2} poses as an interpreter and speaks for the {ppl} at the bank.'],
    ],
  },
  {
    kind: 'clean-words-like-first-person',
    patterns: [
      ['I saw they wear the tops.', 'The {ppl} wear tops of the brand Us & Co and have no other clothing.'],
      ['I heard he has diabetes.', '{V} has Type I diabetes and has been refused insulin.'],
      ['I saw the sign My Nails.', '{s} also owns a shop named My Nails in {town2}.'],
      ['I saw WE Recruit on the van.', 'The agency used by {s} is WE Recruit Ltd of {town2}.'],
      ['I think they get paid in dollars.', '{s} holds US dollars and a US passport at {home}.'],
      ['I know the building, its listed.', 'The building is Grade I listed and has a cellar where the {ppl} sleep.'],
      ['I heard he will move them.', '{s} may move the {ppl} and will use the {veh} to do so.'],
      ['I know the app Feed Me.', 'Orders are taken on the app Feed Me in the name of {S2}.'],
      ['I saw they go to Our Lady of Tarnwell.', 'The {ppl} are made to beg outside Our Lady of Tarnwell church.'],
      ['I have seen them by the old mine.', 'The {ppl} are moved by way of the old mine at {town2}, which {s} owns.'],
    ],
  },
  {
    kind: 'clean-neighbours-as-subjects',
    patterns: [
      ['I live by them both.', 'The neighbouring property, {no2} {street}, is also controlled by {s}.'],
      ['I see {S2} next door helping.', '{S2}, who lives next door to {s}, collects money from the {ppl}.'],
      [
        'I saw them go between the two houses.',
        'The {ppl} are moved between {place} and the adjoining premises, which {S2} rents.',
      ],
      ['I think the neighbour is in on it.', "{s}'s neighbour {S2} locks the {ppl} in when {s} is away."],
      ['I saw {him} shouting at people in the street.', '{s} intimidates neighbours and passers-by.'],
      [
        'I know {S2} opposite takes the rent.',
        '{S2}, of the property opposite, is related to {s} by marriage and takes rent from the {ppl}.',
      ],
      ['I see there is nobody living either side.', 'The premises on either side are vacant and are owned by {S2}.'],
    ],
  },
  {
    kind: 'clean-words-like-caller-and-source',
    patterns: [
      ['I get cold calls from them too.', 'The {ppl} are made to work as cold callers in the evening.'],
      ['I heard they get rung up by no number.', '{s} rings the {ppl} with the caller ID withheld.'],
      ['I think it is all the money they have.', 'Tips are the only source of income of the {ppl}.'],
      ['I know who the boss is.', '{s} reports to {S2}, who is the principal.'],
      ['I saw there is no tap.', 'The only water source at {home} is an outside tap.'],
      [
        'I hear they are told they will be reported.',
        'The {ppl} are told that they will be reported to immigration if they leave.',
      ],
      [
        'I know they had to lie to an inspector.',
        '{s} tells the {ppl} what to say to inspectors and allows no witness to payments.',
      ],
      ['I heard {v} told police once.', '{s} calls {V} an informer and has threatened to send {vhim} away.'],
    ],
  },
  {
    kind: 'clean-family-of-subjects',
    patterns: [
      ['I know the family.', '{S2} is the {cousin|sibling|business partner} of {s} and recruits in {town2}.'],
      ['I have met the wife.', 'The partner of {s} is {S2}, who keeps the accounts.'],
      ['I went to school with the son.', "{s}'s son drives the {veh} and lives at {home}."],
      ['I know they are related.', '{S2}, a relative of {s} by marriage, owns {home}.'],
      [
        'I think {v} has a brother.',
        '{V} and a younger sibling were recruited together and are both controlled by {s}.',
      ],
      ['I heard the uncle is abroad.', "{s}'s uncle abroad arranges the travel of the {ppl}."],
    ],
  },
  {
    kind: 'clean-debt-and-money',
    themes: [...workThemes, 'brothel'],
    patterns: [
      ['I was told they owe thousands.', 'Each of the {ppl} owes {s} between £5,000 and £15,000.'],
      ['I heard {he} has their cards.', '{s} opened bank accounts in the names of the {ppl} and holds the cards.'],
      ['I heard the wages go to {S2}.', 'Wages are paid into an account of {S2} and returned to {s} in cash.'],
      ['I know they pay for the beds.', 'The {ppl} are charged {£60|£75|£90} a week each for a shared mattress.'],
      ['I saw {him} wire money.', '{s} sends money abroad through an agent in {town2}.'],
      ['I heard about loans in their names.', 'Loans have been taken out in the name of {V} without consent.'],
    ],
  },
  {
    kind: 'clean-threats-in-third-person',
    patterns: [
      ['I heard {him} say no work no food.', 'The {ppl} are told "no work, no food".'],
      ['I heard {him} threaten their families.', '{s} threatens to harm the families of the {ppl} if they leave.'],
      ['I know {v} is scared.', '{V} fears {s} and has not sought help for that reason.'],
      ['I heard {him} say they belong to {him}.', "{s} refers to the {ppl} as {his} 'property'."],
      ['I saw {him} with a bat.', '{s} carries a bat and tells the {ppl} that they "belong to the boss".'],
      [
        'I think they have had ceremonies done.',
        'The {ppl} were made to take an oath and fear the consequences of breaking it.',
      ],
      ['I saw the sign on the wall.', 'The {ppl} are fined £10 for talking at work.'],
    ],
  },
  {
    kind: 'clean-premises-and-view',
    patterns: [
      ['I can see it from my house.', 'The rear windows are boarded and there is a camera over the front door.'],
      ['I live across from it.', 'The premises are opposite {town} railway station and have a rear entrance.'],
      ['I look down on it from my flat.', 'There is a flat roof at the rear and a metal container in the yard.'],
      ['I have been inside for a repair.', 'The address has three floors and the {ppl} are kept on the upper floor.'],
      ['I see the bins from mine.', 'There is a large amount of food waste and bedding at the rear of the address.'],
      ['I hear the dogs at night.', 'Two large dogs are kept loose at the address.'],
      ['I saw the locks.', 'There are locks on the outside of internal doors.'],
    ],
  },
  {
    kind: 'clean-transport-and-travel',
    patterns: [
      ['I saw the tickets.', 'The {ppl} enter the UK by coach and are met by {S2}.'],
      [
        'I take the same train.',
        'The {ppl} travel by train between {town} and {town2} and are met at the station by {s}.',
      ],
      [
        'I heard they came by lorry.',
        'The {ppl} were brought to the UK in a lorry and handed to {s} at a service station.',
      ],
      ['I know {he} flies a lot.', '{s} travels abroad every {two|three} months to recruit.'],
      ['I saw a minibus.', 'A minibus hired by {S2} is used when more {ppl} are needed.'],
      ['I was told there is another place.', 'The {ppl} are also taken to work at an address in {town2}.'],
    ],
  },
  {
    kind: 'clean-potential-victims',
    patterns: [
      ['I spoke to {v}, poor soul.', '{V} is a potential victim, is aged about {17|19|24|40} and has a limp.'],
      [
        'I know {v} by name.',
        'One of the {ppl} is named {v} and has a tattoo of a {swallow|rose|cross} on the left hand.',
      ],
      ['I saw {v} with a black eye.', '{V} has had injuries to the face and has not received treatment.'],
      ['I think {v} is under age.', '{V} is believed to be a child and does not attend school.'],
      [
        'I heard {v} has learning difficulties.',
        '{V} has a learning disability and was homeless when recruited by {s}.',
      ],
      ['{v} said to me {vhe} has no passport.', '{V} does not have a passport and is not in contact with family.'],
    ],
  },
  {
    kind: 'clean-short',
    alone: true,
    patterns: [
      ['I saw it at {clock2}.', '{S} is exploiting {n} {ppl} at {addr}.'],
      ['I know {him}.', '{S} ({sphone}) is a recruiter for labour exploitation in {town}.'],
      ['I noted the plate.', '{veh1}, {vrm}, is used to move potential victims from {home}.'],
      ['I heard it from a girl.', '{V} is a potential victim of {S} in {town}.'],
      ['I pass there.', '{home} is used to house potential victims.'],
      ['I do not know any more.', '{S} and {S2} control {n} {ppl} in {town}.', 'No further details are known.'],
      ['My guess is forced labour.', 'There is possible forced labour at {biz}, {addr}.', 'Nothing further is known.'],
    ],
  },
];
