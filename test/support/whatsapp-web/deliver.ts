import { chatForPage, type Desk } from './calls.ts';
import type { Message } from './shapes.ts';

/** Puts a message into its chat and, where a page is open, before the eyes of the library. */
export function deliver({ world, pages }: Desk, message: Message): void {
  const chat = world.keep(message);
  const seen = pages.all().some((page) => page.device && page.synced);
  if (!seen) world.arrivedUnseen.push(message);
  pages.news('message', { message, chat: chatForPage(chat) });
  world.waiting.changed();
}
