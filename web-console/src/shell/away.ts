// What somebody missed while their page had no link: told once it is back, until they have read it.
import { shallowRef } from 'vue';
import { get } from '../api/http';
import type { components } from '../api/openapi';
import type { MissedCaseView, Page, SessionView } from '../api/views';
import { now } from '../stream/picture';
import { clock, problemText, t } from '../words/words';

type DayCallView = components['schemas']['DayCallView'];

export interface Away {
  /** How long, and what changed on the whole. */
  text: string;
  /** What concerns this person, each by itself. */
  missed: string[];
}

export const away = shallowRef<Away | null>(null);

/** What is on record comes from the journal a moment after the link. */
const ON_RECORD_AFTER = 2_000;
const MOST = 10;

const names = (one: { callers: { name: string }[] }, number: string): string => one.callers.map((caller) => caller.name).join(' / ') || number || t('anonymous');

const later = (milliseconds: number, then: () => void): void => void setTimeout(then, milliseconds);

/**
 * Tells what was missed: at once how long, and what concerns this person as soon as the records say so.
 *
 * @param awayMillis how long nobody listened
 */
export function backAfter(awayMillis: number, text: string, who: SessionView, after = later): void {
  const told: Away = { text, missed: [] };
  away.value = told;
  const from = new Date(now.value - awayMillis).toISOString();
  after(ON_RECORD_AFTER, () => {
    void whatConcerns(who, from).then((missed) => {
      // Read already, or away again: nothing is put under another text.
      if (away.value === told) away.value = { text, missed };
    });
  });
}

async function whatConcerns(who: SessionView, from: string): Promise<string[]> {
  try {
    const lines: string[] = [];
    if (who.agent) {
      const calls = await get<Page<DayCallView>>(`/agents/${encodeURIComponent(who.agent)}/day/calls`, { figure: 'missed', from, limit: MOST });
      lines.push(...calls.items.map((one) => t('away.missed', clock(one.at), names(one, one.callingNumber))));
    }
    const cases = await get<Page<MissedCaseView>>('/missed-cases', { state: 'open', from, limit: MOST });
    lines.push(...cases.items.map((one) => t('away.case', clock(one.openedAt), names(one, one.numbers[0] ?? ''), one.deskName ?? one.queue)));
    return lines.length ? lines : [t('away.nothing')];
  } catch (problem) {
    return [t('away.unknown', problemText(problem))];
  }
}
