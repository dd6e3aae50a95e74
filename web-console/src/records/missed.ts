// What can be done with a missed case.
import { ElMessageBox } from 'element-plus';
import 'element-plus/es/components/message-box/style/css';
import { post } from '../api/http';
import type { MissedCaseView } from '../api/views';
import { attempt } from '../shell/messages';
import { t } from '../words/words';

export const who = (item: MissedCaseView): string => item.callers.map((caller) => caller.name).join(' / ') || item.numbers[0] || t('anonymous');

/** Asks why, then closes the case by hand. Gives back whether it was closed. */
export async function closeByHand(item: MissedCaseView): Promise<boolean> {
  let reason: string;
  try {
    const answer = await ElMessageBox.prompt(t('missed.why'), t('missed.close'), {
      confirmButtonText: t('missed.close'),
      cancelButtonText: t('cancel'),
      inputValidator: (value: string) => (value?.trim() ? true : t('missed.reasonNeeded')),
    });
    reason = String((answer as { value: string }).value).trim();
  } catch {
    // Cancelled: the case stays open.
    return false;
  }
  return attempt(() => post(`/missed-cases/${encodeURIComponent(item.id)}/close`, { reason }));
}

export const reopen = (item: MissedCaseView): Promise<boolean> => attempt(() => post(`/missed-cases/${encodeURIComponent(item.id)}/reopen`, {}));
