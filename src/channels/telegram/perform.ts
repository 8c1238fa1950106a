import { stat } from 'node:fs/promises';
import { type Api, InputFile } from 'grammy';
import { type OutboundFile, SendError } from '../../messaging/contract.ts';
import { isNotShown } from './errors.ts';
import type { ApiCall } from './outbound.ts';

/** Makes one call and returns the id of the message that came of it. Throws what grammY throws, or a `SendError`. */
export async function performCall(api: Api, call: ApiCall): Promise<string> {
  switch (call.method) {
    case 'sendMessage':
      return String((await api.raw.sendMessage(call.payload)).message_id);
    case 'editMessageText':
      await api.raw.editMessageText(call.payload);
      return String(call.payload.message_id);
    case 'sendPhoto': {
      const photo = await inputFile(call.file);
      return orAsDocument(api, call, api.raw.sendPhoto({ ...call.payload, photo }));
    }
    case 'sendVoice': {
      const voice = await inputFile(call.file);
      return orAsDocument(api, call, api.raw.sendVoice({ ...call.payload, voice }));
    }
    case 'sendDocument':
      return sendDocument(api, call);
  }
}

type FileCall = Extract<ApiCall, { readonly file: OutboundFile }>;

/** Too large or too odd for a picture, or a person who takes no voices: it still arrives, as a file to tap. */
async function orAsDocument(api: Api, call: FileCall, sent: Promise<{ message_id: number }>): Promise<string> {
  try {
    return String((await sent).message_id);
  } catch (error) {
    if (isNotShown(error)) return sendDocument(api, call);
    throw error;
  }
}

async function sendDocument(api: Api, { payload, file }: FileCall): Promise<string> {
  const document = await inputFile(file);
  return String((await api.raw.sendDocument({ ...payload, document })).message_id);
}

// grammY opens the file in the middle of the request: a missing one would look like a broken connection.
async function inputFile(file: OutboundFile): Promise<InputFile> {
  await stat(file.path).catch((cause: unknown) => {
    throw new SendError('rejected', 'the file to send cannot be read', { cause });
  });
  return new InputFile(file.path, file.name);
}
