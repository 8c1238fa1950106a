import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type OutboundFile, SendError } from './contract.ts';

/** Looks at a file before it is sent. @throws {SendError} `rejected` where it cannot be read */
export function statFile({ path }: Pick<OutboundFile, 'path'>): Promise<Stats> {
  return stat(path).catch((cause: unknown) => {
    throw new SendError('rejected', 'the file to send cannot be read', { cause });
  });
}
