import type { Context } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import type { Locale, Translate } from '../../core/texts.ts';
import type { Dialog } from '../../dialog/types.ts';
import { HearingRefusedError } from '../../hearings/errors.ts';
import type { Municipality } from '../../places/places.ts';
import { asStaff, type Kit } from '../kit.ts';
import type { Office } from './office.ts';

/** Somebody of the office with a hearing in front of them. */
export interface HearingDesk {
  readonly d: Dialog;
  readonly kit: Kit;
  readonly t: Translate;
  readonly locale: Locale;
  readonly office: Office;
  readonly municipality: Municipality;
  /** As it was shown. */
  readonly hearing: ShownOnDesk;
}

/** JSON: the instant is an ISO text. */
export interface ShownOnDesk {
  readonly id: number;
  readonly revision: number;
  readonly startsAt: string;
  readonly villageId: string;
  readonly building: string;
  readonly hasMinutes: boolean;
}

/** How a verb on the hearing came out; `value` where it was done. */
export type Tried<T> = { readonly value: T } | { readonly problem: 'changed' | HearingRefusedError['problem'] };

/** Runs a verb of the office once, as the one who sits there. What it may foresee comes back as a value. */
export function attempt<T>(
  { d, office }: Pick<HearingDesk, 'd' | 'office'>,
  name: string,
  verb: (ctx: Context) => Promise<T>,
): Promise<Tried<T>> {
  return d.effect(name, async (ctx): Promise<Tried<T>> => {
    try {
      return { value: await verb(asStaff(ctx, office.staffId)) };
    } catch (error) {
      if (error instanceof HearingRefusedError) return { problem: error.problem };
      // what does not fit any more was changed by somebody else after it was shown
      if (error instanceof AppError && error.code === 'conflict') return { problem: 'changed' };
      throw error;
    }
  });
}
