/** Ways in which a text gives its source away: by what only they can know, see or be. */

import type { Kind } from './text-kinds.ts';

export const otherPlantedKinds: readonly Kind[] = [
  {
    kind: 'vantage-point',
    patterns: [
      [
        'I can see straight in from my back bedroom.',
        'The {ppl} can be seen from the rear bedroom window of the house opposite.',
      ],
      [
        'My kitchen looks on to their yard.',
        'From a kitchen that overlooks the yard, {s} has been seen to strike the {ppl}.',
      ],
      [
        'From my allotment shed I see them come and go.',
        'The {ppl} are visible from the shed on the adjoining allotment.',
      ],
      [
        'I only see it from the top floor landing in my block.',
        'The mattresses are visible only from the top floor landing opposite.',
      ],
      ['I was up on the scaffold next door.', 'From the scaffold next door the {ppl} were seen sleeping on a floor.'],
      ['There is a gap in my fence.', 'Through a gap in the boundary fence, the {ppl} were seen eating from bins.'],
      ['My flat is right over the top.', 'Footsteps and crying are audible in the flat directly above.'],
      ['I look across from my desk at work.', 'The {ppl} are seen from a first floor office desk facing {place}.'],
    ],
  },
  {
    kind: 'neighbour-hears',
    patterns: [
      ['I am the neighbour opposite and I hear shouting.', 'The neighbour opposite hears shouting {approx}.'],
      ['I live next door and the banging is awful.', 'The next-door neighbour is woken by banging from {place}.'],
      ['I share a wall with them.', 'Crying is heard through the party wall by the adjoining occupier.'],
      ['I live downstairs.', 'The person who lives downstairs hears the {ppl} being moved {approx}.'],
      ['I have been next door {two|six} months.', 'A neighbour who moved in next door recently has seen the {ppl}.'],
      ['I am the old lady over the road.', 'An elderly neighbour across the road watches the {ppl} arrive.'],
      ['We share a drive with {s}.', 'The household that shares a driveway with {s} sees the {ppl} daily.'],
    ],
  },
  {
    kind: 'job-of-source',
    patterns: [
      ['I clean there on Fridays.', 'The cleaner who attends on Fridays has found the {ppl} locked in.'],
      ['I deliver parcels there.', 'A parcel courier who delivers to {place} has seen the {ppl} asleep on the floor.'],
      ['I went to read the meter.', 'The meter reader who attended {place} saw bolts on the outside of the doors.'],
      ['I do the books for {him} part time.', 'The part-time bookkeeper is aware that no wages are paid.'],
      ['I am the boiler engineer who did the repair.', 'During a boiler repair the engineer saw the {ppl} hiding.'],
      [
        'I am the postman on that round.',
        'The postman on the {street} round has been told by the {ppl} that they are hungry.',
      ],
      [
        'I do nights as a security guard in the yard.',
        'The night security guard in the adjacent yard sees the {ppl} arrive.',
      ],
      ['I cut hair next door and {s} comes in.', 'The barber who cuts the hair of {s} was told about the {ppl}.'],
      ['I work on the till there.', 'A cashier employed by {s} saw the {ppl} hand over their bank cards.'],
    ],
  },
  {
    kind: 'professional-source',
    patterns: [
      ['I am a health visitor and saw her at a visit.', 'The health visitor assigned to the address noted the {ppl}.'],
      [
        'I am a GP at {town} surgery and treated one.',
        'One of the {ppl}, {v}, disclosed this to the GP during an appointment.',
      ],
      ['I teach one of the children.', 'The class teacher of the child of {s} was told about the {ppl}.'],
      ['I am the housing officer for that block.', 'The housing officer for {street} saw the {ppl} on an inspection.'],
      ['I interpret for the hospital.', 'The interpreter at the hospital was told by {v} that {s} keeps the wages.'],
      [
        'I am a paramedic and we went in last week.',
        'The ambulance crew who attended {place} saw the {ppl} in one room.',
      ],
      ['I volunteer at the foodbank.', 'A foodbank volunteer in {town} has been told by {v} about {s}.'],
    ],
  },
  {
    kind: 'employer-of-source',
    patterns: [
      [
        'I drive for {emp} and go there weekly.',
        'A driver for {emp} has noticed the {ppl} on a weekly call at {place}.',
      ],
      ['I am from {emp}, we had a job on there.', 'Staff of {emp} who carried out a job at {place} saw the {ppl}.'],
      ['I work for {emp}.', 'The condition of the {ppl} is known to an employee of {emp}.'],
      ['We at {emp} have {him} as a customer.', '{s} is a customer of {emp}, whose representative saw the {ppl}.'],
      ['I was there for {emp} doing a quote.', 'The {ppl} were present when {emp} attended to give a quotation.'],
      ['My boss at {emp} said to report it.', 'The matter was raised internally at {emp} after a visit to {place}.'],
    ],
  },
  {
    kind: 'relation-to-subject',
    patterns: [
      ['I am {his} sister and I am ashamed of {him}.', '{His} sister says that {s} keeps the {ppl} locked in.'],
      ['{s} is my ex.', 'An ex-partner of {s} has seen the passports of the {ppl}.'],
      ['I am {his} landlord.', "{s}'s landlord has found the {ppl} living in the property."],
      ['I used to work for {him}.', 'A former employee of {s} was told that the {ppl} are not paid.'],
      ['{s} is my uncle.', 'A {niece|nephew} of {s} is aware that the {ppl} are beaten.'],
      [
        'I have been friends with {him} since school.',
        'A school friend of {s} has been offered one of the {ppl} as a worker.',
      ],
      ['I was {his} business partner.', '{s} told a former business partner where the {ppl} were bought.'],
      ['My mum married {him}.', 'A stepchild of {s} has had to take food to the {ppl}.'],
    ],
  },
  {
    kind: 'source-is-victim-or-friend-of-victim',
    patterns: [
      ['I am one of them, please help.', 'One of the {ppl} has contacted police and says that {s} beats them.'],
      ['I got away last week.', 'A person who escaped from {place} last week has described the conditions.'],
      ['{v} is my friend and told only me.', "{V}'s closest friend has been told that {s} takes the wages."],
      ['I am going out with {v}.', 'The partner of {V} is aware that {v} is not free to leave.'],
      ['I worked there with {v} until I ran.', 'A former co-worker of {V}, who has since left, saw {s} use violence.'],
      ['I am {v}s auntie back home.', 'Relatives of {V} abroad have been told of the debt.'],
      ['{v} messages me in secret.', '{V} is in secret contact with one person outside, who has kept the messages.'],
    ],
  },
  {
    kind: 'unique-knowledge',
    patterns: [
      [
        'I work there so I know about the safe code.',
        'The code of the office safe, which only a member of staff would know, is the year of birth of {s}.',
      ],
      [
        '{He} only told me where the key is.',
        '{s} has told only one person that the spare key is under the meter box.',
      ],
      ['I was the only customer in when it happened.', 'The only customer present saw {s} slap one of the {ppl}.'],
      ['{v} showed just me the scars.', '{V} has shown scars to one person only.'],
      [
        'I was alone in the car with {him} when {he} said it.',
        'In a car with one passenger, {s} admitted buying the {ppl}.',
      ],
      [
        '{He} got drunk at my wedding and told me.',
        '{s} admitted, when drunk at a private wedding, that the {ppl} were bought.',
      ],
      [
        'I found the note in the coat I was given to mend.',
        'A note from {v} was found in a coat that was handed in to be mended.',
      ],
      [
        'I am the only one with a key apart from {him}.',
        'Apart from {s}, the one other keyholder has seen the {ppl} in the cellar.',
      ],
      [
        '{He} showed me the book when we were alone.',
        '{s} keeps a red book of debts, which was shown in confidence to one employee.',
      ],
    ],
  },
  {
    kind: 'exact-time-alone',
    patterns: [
      [
        'I was locking up on my own at {clock2}, nobody else about.',
        'At {clock} on {date}, {s} pushed one of the {ppl} into the yard.',
      ],
      [
        'It was {clock2}, I was the only one on the street.',
        'One of the {ppl} was dragged out of {place} at {clock} on {date}.',
      ],
      [
        'I let the dog out at {clock2} on {date} and saw it.',
        'On {date} at {clock} the {veh} was loaded with mattresses.',
      ],
      [
        'I was alone in there at {clock2} getting served.',
        '{s} slapped one of the {ppl} at exactly {clock} on {date}.',
      ],
      [
        'At {clock2} {he} came up to me, there was just us two.',
        '{s} was at {place} at {clock} on {date} and made threats.',
      ],
      [
        'My shift finished at {clock2} and I was last out.',
        'At {clock} on {date} {s} chained the rear door with the {ppl} inside.',
      ],
      ['I heard it at {clock2} on the {date}, my wife was away.', 'A scream came from {place} at {clock} on {date}.'],
    ],
  },
  {
    kind: 'habit-or-vehicle-of-source',
    patterns: [
      ['I walk my greyhound past every morning.', 'A dog walker with a greyhound sees the {ppl} being dropped off.'],
      [
        'I get my nails and car done there every Thursday.',
        'A regular Thursday customer has seen the {ppl} shouted at by {s}.',
      ],
      [
        'I was waiting in my orange camper van.',
        'The {ppl} were seen from an orange camper van that was parked opposite.',
      ],
      ['I was on my way home from night shift.', 'The {ppl} were seen by a person on the way home from a night shift.'],
      [
        'I was at the bus stop, I get the 14.',
        'A passenger who waits for the number 14 bus each day sees the {ppl} arrive.',
      ],
      ['I was on my mobility scooter.', 'A user of a mobility scooter was stopped by {v}, who asked for help.'],
      ['I was at the window feeding my baby.', 'A parent who was up feeding a baby saw {s} bring the {ppl} back.'],
    ],
  },
];
