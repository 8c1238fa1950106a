import { createLogger } from '../../src/core/logger.ts';

/** A log that nobody reads. */
export const silentLog = createLogger({ level: 'silent' });
