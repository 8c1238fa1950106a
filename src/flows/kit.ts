import type { Context } from '../core/context.ts';
import { DEFAULT_LOCALE, type Locale, type Translate, translator } from '../core/texts.ts';
import { isSmallTalk } from '../core/words.ts';
import type { ChooseOptions, Input, Option, Saved } from '../dialog/types.ts';
import type { DialogKey } from '../messaging/dialog-key.ts';
import type { Paces } from '../messaging/pace.ts';
import type { Municipality, Places, Village } from '../places/places.ts';
import type { IncompleteProposal } from '../proposals/incomplete.ts';
import type { OpenQuestion } from '../proposals/question-queries.ts';
import type { Resident } from '../residents/queries.ts';
import type { Membership } from '../staff/queries.ts';

/** What is kept about a chat between conversations, before and beside a registration. */
export interface Memory {
  locale?: Locale;
  /** Given by a deep link, or chosen before the consent. */
  villageId?: string;
  /** A conversation that another one interrupted; it goes on afterwards. */
  suspended?: Saved;
  /** Messages of the minute that runs; in a group, what the person tagged there of late. */
  rate?: { since: string; count: number; told?: boolean };
  /** The button that was pressed by the last message: a second tap on it is not answered. */
  lastPick?: string;
  /** When the person wrote last, in milliseconds by the database's clock; only of those who get notices. */
  heardMs?: number;
  /** The delivery that the last message answered by the number of an option. */
  noticed?: number;
  /** The message that was not understood, or said no more than hello: its edit is one more try. */
  missed?: string;
  /** The last message that answered a question of staff: an edit of it is one more wording. */
  answered?: { messageId: string; questionId: number };
  /** When it was last said in this group that the person has no right to do that, or does not show who they are. */
  refusedAt?: string;
  /** When it was last said in this group how to propose something there. */
  hintedAt?: string;
  /** The last message that was a question to a hearing: its edit, and parts of its album that come late, belong to it. */
  asked?: { questionId: number; messageId?: string; albumId?: string };
  /** The last proposal with an album in it: parts that come late are its own. */
  sent?: { albums: readonly string[]; proposalId: number };
}

/** Leaves nothing of a chat in memory: its row then goes too. */
export function forgetChat(memory: Memory): void {
  for (const key of Object.keys(memory) as (keyof Memory)[]) delete memory[key];
}

/** What is said to the same person in a group again only after this time, so that nobody floods it with our answers. */
const AGAIN_MS = 24 * 60 * 60 * 1000;

/** Whether something of this kind may be said in a group now; it is then remembered as said. */
export function mayBeSaid(memory: Memory, what: 'refusedAt' | 'hintedAt', now: Date): boolean {
  const sinceMs = now.getTime() - Date.parse(memory[what] ?? '');
  if (Math.abs(sinceMs) < AGAIN_MS) return false;
  memory[what] = now.toISOString();
  return true;
}

/** What a conversation is about that a command with words behind it began, or a button in a notice. */
export interface Opened {
  /** Empty: nothing in particular. */
  readonly about: string;
  /** A person wrote it behind a command; else a button holds it. */
  readonly typed?: true;
}

/** What comes after a conversation that ends. */
export type Next =
  /** `input` answers its first question. */
  | { readonly start: string; readonly args?: unknown; readonly input?: Input }
  | { readonly resume: Saved }
  /** The message was not for this conversation: it is read again as if none were open. */
  | { readonly again: true };

/** What a flow knows of the world. Read anew each turn: what was shown must be kept by `remember`. */
export interface Kit {
  readonly key: DialogKey;
  readonly personName: string | null;
  /** The person's language, once known. */
  readonly locale: Locale | null;
  readonly places: Places;
  /** Null for whoever we do not know: neither consented nor of the staff. */
  readonly resident: Resident | null;
  /** What the person is in the okmotu or a working group, now; empty for most. */
  readonly staff: readonly Membership[];
  /** What staff asked the person about own proposals and waits for an answer, oldest first. */
  readonly questions: readonly OpenQuestion[];
  /** What the person proposed in a group and has still to tell something about, oldest first. */
  readonly incomplete: readonly IncompleteProposal[];
  /** Where files of people lie. */
  readonly mediaDir: string;
  /** How fast the channels that are on may send. */
  readonly paces: Paces;
  /** Proposals of this channel are numbered in the TEST series. */
  readonly testSeries: boolean;
  /** A link that lets somebody join the staff by a code; null where no platform has such links. */
  joinLink(code: string): string | null;
  /** A link that adds the bot to a group and links that to a village; null where no platform has such links. */
  groupLink(): string | null;
  /** A link to the chat with us alone, on the person's channel, that says `payload` there; null where there is none. */
  privateLink(payload: string): string | null;
  /** Links by which the person opens the bot elsewhere and gives this code of theirs there, so that both chats are one. */
  joinChatLinks(code: string): readonly string[];
  /** Changed in effects only. */
  readonly memory: Memory;
  /** Called at the end of a flow. */
  next(next: Next): void;
}

/** The context in which the person themselves acts. */
export function asResident(ctx: Context, residentId: number): Context {
  return { ...ctx, actor: { type: 'resident', residentId } };
}

/** The context in which somebody of the staff acts. */
export function asStaff(ctx: Context, staffId: number): Context {
  return { ...ctx, actor: { type: 'staff', staffId } };
}

/** Texts in the person's language; Kyrgyz while it is not known. */
export function textsOf(kit: Pick<Kit, 'locale'>): Translate {
  return translator(kit.locale ?? DEFAULT_LOCALE);
}

/** Villages as options, those of `first` on top; with the municipality's name where there are several. */
export function villageOptions(
  places: Places,
  locale: Locale,
  among: readonly Village[],
  first: readonly string[],
): Option[] {
  const several = new Set(among.map((village) => village.municipalityId)).size > 1;
  return ordered(among, first).map((village) => ({
    id: village.id,
    label: several
      ? `${village.names[locale]} (${places.municipality(village.municipalityId).names[locale]})`
      : village.names[locale],
    spellings: [...Object.values(village.names), ...village.spellings],
  }));
}

/** Sectors as options, those of `first` on top, the rest in the catalogue's order. */
export function sectorOptions(municipality: Municipality, locale: Locale, first: readonly string[]): Option[] {
  return ordered(municipality.sectors, first).map((sector) => ({
    id: sector.id,
    label: sector.labels[locale],
    spellings: [...Object.values(sector.labels), ...Object.values(sector.names)],
  }));
}

function ordered<T extends { readonly id: string }>(items: readonly T[], first: readonly string[]): T[] {
  const rank = (id: string) => {
    const at = first.indexOf(id);
    return at === -1 ? first.length : at;
  };
  return [...items].sort((a, b) => rank(a.id) - rank(b.id));
}

/** What a question gives when the person writes of something else instead of answering. */
export const ELSEWHERE = { elsewhere: true } as const;
export type Elsewhere = typeof ELSEWHERE;

/**
 * For questions that nobody must answer: whoever writes a need there, or sends a photo or a voice message, begins a
 * proposal with it; thanks and greetings leave it too. The flow then ends with `kit.next({ again: true })`.
 */
export const orElsewhere: ChooseOptions<Elsewhere> = {
  other: (input) => {
    const leaves = beginsProposal(input) || (input.kind === 'text' && isSmallTalk(input.text));
    return leaves ? { value: ELSEWHERE } : { refuse: null };
  },
};

/** The same, where a greeting must not lead away from what is waiting. */
export const orProposal: ChooseOptions<Elsewhere> = {
  other: (input) => (beginsProposal(input) ? { value: ELSEWHERE } : { refuse: null }),
};

function beginsProposal(input: Input): boolean {
  return input.kind === 'media' || input.kind === 'location' || (input.kind === 'text' && isNeed(input.text));
}

/** Whether a `choose` with `orElsewhere` was left. */
export function isElsewhere(answer: string | Elsewhere): answer is Elsewhere {
  return typeof answer !== 'string';
}

/** Below this many letters it is no proposal but a word. */
const FEWEST_LETTERS = 5;

/** Whether a text is long enough to be a need: "суу жок" is, "суу" and "салам" are not. */
export function isNeed(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const words = text.match(/\p{L}+/gu)?.length ?? 0;
  return words >= 2 && letters >= FEWEST_LETTERS && !isSmallTalk(text);
}
