import { stat } from 'node:fs/promises';
import { type Api, InputFile } from 'grammy';
import { type OutboundFile, SendError } from '../../messaging/contract.ts';
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
      return String((await api.raw.sendPhoto({ ...call.payload, photo })).message_id);
    }
    case 'sendDocument': {
      const document = await inputFile(call.file);
      return String((await api.raw.sendDocument({ ...call.payload, document })).message_id);
    }
  }
}

// grammY opens the file in the middle of the request: a missing one would look like a broken connection.
async function inputFile(file: OutboundFile): Promise<InputFile> {
  await stat(file.path).catch((cause: unknown) => {
    throw new SendError('rejected', 'the file to send cannot be read', { cause });
  });
  return new InputFile(file.path, file.name);
}
