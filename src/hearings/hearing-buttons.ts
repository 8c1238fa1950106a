import type { Translate } from '../core/texts.ts';
import { openingButton } from '../dialog/button-data.ts';
import type { OutboundOption } from '../messaging/contract.ts';
import type { Hearing } from './queries.ts';

/** What one may do with a hearing at one tap: `ask` is not on a notice, but in the chat. */
export const HEARING_ACTS = ['come', 'cannot', 'draft', 'ask'] as const;
export type HearingAct = (typeof HEARING_ACTS)[number];

/** What a button, or a word, is about; a word names no hearing. */
export interface AboutHearing {
  readonly hearingId: number | null;
  readonly act: HearingAct;
}

/** The data of a button that does it, whenever it is pressed. */
export function hearingButton(hearingId: number, act: HearingAct): string {
  return openingButton('hearing', `${hearingId}.${act}`);
}

/** What `hearingButton` was made of; `come` and `cannot` alone are words. Null: neither. */
export function readAboutHearing(about: string): AboutHearing | null {
  const [, id, name] = /^(?:(\d{1,15})\.)?([a-z]+)$/.exec(about) ?? [];
  const act = HEARING_ACTS.find((one) => one === name);
  if (act === undefined || (id === undefined && act !== 'come' && act !== 'cannot')) return null;
  return { hearingId: id === undefined ? null : Number(id), act };
}

/** The buttons under a notice: to come, not to come, and the draft where there is one. */
export function hearingButtons(
  hearing: Pick<Hearing, 'id' | 'draftMediaId' | 'draftUrl'>,
  t: Translate,
): OutboundOption[] {
  const hasDraft = hearing.draftMediaId !== null || hearing.draftUrl !== null;
  return [
    { data: hearingButton(hearing.id, 'come'), label: t('btn-come') },
    { data: hearingButton(hearing.id, 'cannot'), label: t('btn-cannot-come') },
    ...(hasDraft ? [{ data: hearingButton(hearing.id, 'draft'), label: t('btn-read-draft') }] : []),
  ];
}
