import { type Command, commandWord, controlWords, isOfficeCommand } from '../core/words.ts';
import type { Saved } from '../dialog/types.ts';
import type { Turn } from './answering.ts';
import { isLinkFromGroup } from './from-group.ts';
import type { Opened } from './kit.ts';
import type { MenuReason } from './menu.ts';
import { chatCode, holdsDraft, joiningCode, keepsWord, linkedVillage } from './reading.ts';

/** An invitation to the staff interrupts anything, as a slash command does. True: it was one. */
export async function join({ session, kit }: Turn, text: string): Promise<boolean> {
  const code = joiningCode(text);
  if (code === null) return false;
  if (session.saved !== null && holdsDraft(session.saved)) kit.memory.suspended = session.saved;
  await session.start('staff', { args: { about: code } satisfies Opened });
  return true;
}

/**
 * A code that joins this chat with another one. What is open here is of somebody who is about to be one with somebody
 * else: a draft has to be finished first. True: it was one.
 */
export async function joinChats({ session, kit }: Turn, text: string): Promise<boolean> {
  const code = chatCode(text);
  if (code === null) return false;
  if (kit.memory.suspended === undefined && (session.saved === null || !isDraft(session.saved))) {
    await session.start('join', { args: { about: code } satisfies Opened });
    return true;
  }
  session.say(session.t('join-draft'));
  if (session.saved !== null) await session.resume(session.saved);
  return true;
}

/** Slash commands interrupt anything; words only what nobody must finish. True: it was one. */
export async function command(turn: Turn, text: string): Promise<boolean> {
  const { session, kit, places } = turn;
  const slash = text.startsWith('/');
  const draft = session.saved !== null && holdsDraft(session.saved);
  const asked = helpIn(text);
  const isNew = session.saved === null || session.saved.flow === 'start';
  const link = isNew && kit.resident === null && linkedVillage(text, places) !== null;
  const command = asked ?? (link ? 'start' : commandOf(turn, text));
  if (command === null || (draft && !slash && asked === null)) return false;
  if (session.saved !== null && !slash && asked === null && keepsWord(session.saved, text)) return false;
  if (session.saved !== null && isDraft(session.saved)) {
    if (command === 'help') {
      session.say(`${session.t('help')}\n\n${session.t('help-words')}`);
    }
    if (command === 'help' || command === 'start' || command === 'propose') {
      await session.resume(session.saved);
      return true;
    }
    kit.memory.suspended = session.saved;
  }
  await startCommand(turn, command, text);
  return true;
}

/** A draft that waits for its person to decide is one too. */
export function isDraft(saved: Saved): boolean {
  return holdsDraft(saved) || saved.flow === 'expired';
}

/** The menu, or what the bot can do, which are there from anywhere. */
function helpIn(text: string): 'menu' | 'help' | null {
  const acts = controlWords(text);
  if (acts.has('menu')) return 'menu';
  return acts.has('help') && !text.startsWith('/start') ? 'help' : null;
}

/** The words of the office are ordinary ones for everybody else. */
export function commandOf({ kit }: Turn, text: string): Command | null {
  if (kit.resident !== null && isLinkFromGroup(text)) return 'my';
  const command = commandWord(text);
  const ordinary = command !== null && isOfficeCommand(command) && kit.staff.length === 0 && !text.startsWith('/');
  return ordinary ? null : command;
}

async function startCommand({ session, kit, places }: Turn, command: Command | 'menu', text: string): Promise<void> {
  switch (command) {
    case 'start': {
      const linked = linkedVillage(text, places);
      if (linked !== null && kit.resident === null) kit.memory.villageId = linked;
      return session.start('start');
    }
    case 'propose':
      return session.start('propose', { args: { opened: false } });
    case 'stop': {
      // who is asked whether to stop and writes «stop» has answered
      const sure = text.startsWith('/') || session.saved?.flow === 'stop';
      return session.start('stop', { args: { sure } });
    }
    case 'menu':
    case 'help':
      // what they say is of no use in a language that nobody chose
      if (kit.locale === null) return session.start('start');
      return session.start('menu', { args: { why: command satisfies MenuReason } });
    default: {
      const about = text.startsWith('/') ? (text.split(/\s+/)[1] ?? '') : '';
      return session.start(command, { args: { about, typed: true } satisfies Opened });
    }
  }
}
