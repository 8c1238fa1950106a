import type { Input } from './types.ts';

/** What a button says when it is pressed. `question` is a question's tag: its name, and its occurrence in a loop. */
export interface ButtonData {
  readonly dialog: string;
  readonly question: string;
  readonly option: string;
}

const MAX_BYTES = 64; // Bot API InlineKeyboardButton.callback_data
const PART = /^[a-z0-9_.>~-]+$/;
const DATA = /^([a-z0-9]{1,12}):([a-z0-9_.~-]+):([a-z0-9_.>-]+)$/;

/** `<dialog>:<question>:<option>`. @throws Error when it is more than 64 bytes or a part holds another character */
export function buildButtonData({ dialog, question, option }: ButtonData): string {
  const data = `${dialog}:${question}:${option}`;
  if (![dialog, question, option].every((part) => PART.test(part)) || !DATA.test(data)) {
    throw new Error(`button data '${data}': expected a-z, 0-9, '_' and '-' in every part`);
  }
  // Every character let through above is one byte.
  if (data.length > MAX_BYTES)
    throw new Error(`button data '${data}': ${data.length} bytes, expected ${MAX_BYTES} at most`);
  return data;
}

/** The dialog of buttons that begin a conversation: in a notice, days later, none is open that they could belong to. */
const OPENING = 'go';

/** `go:<flow>:<about>`: begins the flow with what it is about. @throws as `buildButtonData` */
export function openingButton(flow: string, about: string): string {
  return buildButtonData({ dialog: OPENING, question: flow, option: about });
}

/** What a button begins; null for a button of a dialog. */
export function readOpening(data: string): { readonly flow: string; readonly about: string } | null {
  const parts = parseButtonData(data);
  return parts?.dialog === OPENING ? { flow: parts.question, about: parts.option } : null;
}

/** The parts of a button's data; null for whatever was not built here. */
export function parseButtonData(data: string): ButtonData | null {
  const [, dialog, question, option] = (data.length <= MAX_BYTES ? DATA.exec(data) : null) ?? [];
  if (dialog === undefined || question === undefined || option === undefined) return null;
  return { dialog, question, option };
}

/** A pressed button as a dialog takes it. A forgery becomes a pick of no dialog, which is answered as an old button. */
export function toPick(data: string, messageId: string | null): Input {
  const parts = parseButtonData(data) ?? {
    dialog: '',
    question: '',
    option: '',
  };
  return {
    kind: 'pick',
    ...parts,
    ...(messageId === null ? {} : { messageId }),
  };
}
