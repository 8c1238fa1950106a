import type { Client } from 'whatsapp-web.js';
import { SendError } from '../../messaging/contract.ts';

/** What an expression is in WhatsApp's page; its value is taken at its word. */
export async function evaluate<T>(client: Client, expression: string): Promise<T> {
  if (!client.pupPage) throw new SendError('unreachable', 'the browser has no page');
  return (await client.pupPage.evaluate(expression)) as T;
}

/** An expression for the page's own model of a chat; it makes none where there is none. */
export function chatInPage(chatId: string): string {
  return `window.require('WAWebCollections').Chat.get(${JSON.stringify(chatId)})`;
}
