import type { TextKey, Translate } from '../../core/texts.ts';
import type { SimulatedPerson } from '../../messaging/simulated-chat.ts';

/** How the bot's options look in a chat: tapped, or answered by number. */
export type Look = 'buttons' | 'numbers';

/** How a person of the simulator is shown. */
export interface Shown {
  readonly name: string;
  readonly about: string;
  /** Where the person's location button says to be. */
  readonly place: { readonly latitude: number; readonly longitude: number };
  /** Until somebody changes it on the page. */
  readonly look: Look;
}

interface Known {
  readonly name: TextKey;
  readonly about: TextKey;
  readonly place: readonly [number, number];
  readonly look: Look;
}

// Places lie in and around Kara-Suu aimak, Kochkor rayon.
const KNOWN = {
  aigul: {
    name: 'sim-aigul',
    about: 'sim-aigul-about',
    place: [42.2148, 75.6412],
    look: 'buttons',
  },
  bakyt: {
    name: 'sim-bakyt',
    about: 'sim-bakyt-about',
    place: [42.2301, 75.6655],
    look: 'numbers',
  },
  gulnara: {
    name: 'sim-gulnara',
    about: 'sim-gulnara-about',
    place: [42.1987, 75.6203],
    look: 'buttons',
  },
  timur: {
    name: 'sim-timur',
    about: 'sim-timur-about',
    place: [42.2096, 75.6534],
    look: 'buttons',
  },
  emma: {
    name: 'sim-emma',
    about: 'sim-emma-about',
    place: [42.2214, 75.6377],
    look: 'numbers',
  },
} as const satisfies Record<string, Known>;

function isKnown(id: string): id is keyof typeof KNOWN {
  return Object.hasOwn(KNOWN, id);
}

/** A person as the page shows them, in the language of the page. */
export function shownPerson(person: SimulatedPerson, t: Translate): Shown {
  if (!isKnown(person.id))
    return {
      name: person.name,
      about: '',
      place: { latitude: 42.2148, longitude: 75.6412 },
      look: 'buttons',
    };
  const { name, about, place, look } = KNOWN[person.id];
  return {
    name: t(name),
    about: t(about),
    place: { latitude: place[0], longitude: place[1] },
    look,
  };
}
