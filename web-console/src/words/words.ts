// Words, times and durations as people read them, in the language of the page.
import { createI18n } from 'vue-i18n';
import { computed, ref } from 'vue';
import type { PauseReasonView } from '../api/views';
import { type Fault, Problem } from '../api/http';
import { en } from './en';
import { zh } from './zh';

export type Strings<T> = { [K in keyof T]: T[K] extends string ? string : Strings<T[K]> };
/** What every language must have. */
export type Words = Strings<typeof zh>;

export type Language = 'zh' | 'en';

const KEPT = 'cti.language';
const kept = localStorage.getItem(KEPT);

export const i18n = createI18n({
  legacy: false,
  locale: (kept === 'en' ? 'en' : 'zh') as Language,
  fallbackLocale: 'zh',
  messages: { zh, en },
});

export const language = i18n.global.locale;
export const languageTag = computed(() => (language.value === 'en' ? 'en' : 'zh-CN'));

/** The word of a key with {0}, {1}, … filled in. */
export function t(key: string, ...values: (string | number)[]): string {
  return i18n.global.t(key, values);
}

/** The word of a key, or the text itself where it is no key: for words that come from the server. */
export function wordOr(key: string, text: string): string {
  return i18n.global.te(key) ? i18n.global.t(key) : text;
}

export function chooseLanguage(next: Language): void {
  language.value = next;
  localStorage.setItem(KEPT, next);
  document.documentElement.lang = languageTag.value;
}

/** The desk's own reasons for being not ready; they have names in both languages. */
export const pauseReasons = ref<PauseReasonView[]>([]);

export function reasonText(id: string): string {
  const reason = pauseReasons.value.find((known) => known.id === id);
  if (reason) return language.value === 'en' ? reason.english : reason.chinese;
  return wordOr(id, id);
}

/** What is wrong with something that was handed in; the server's sentence where its code is one of a newer server. */
export function faultText(fault: Pick<Fault, 'text' | 'code' | 'values'>): string {
  const key = `fileFault.${fault.code}`;
  return i18n.global.te(key) ? t(key, ...fault.values) : fault.text;
}

/** The words for a refusal; where there are none, what the server said. */
export function problemText(problem: unknown): string {
  if (!(problem instanceof Problem)) return String(problem);
  if (problem.type === 'too-many-failures' && problem.retryAfter > 0) {
    return t('problem.too-many-failures-until', span(problem.retryAfter));
  }
  const key = `problem.${problem.type}`;
  const known = i18n.global.te(key) ? t(key) : '';
  if (known && problem.type !== 'invalid') return known;
  const said = problem.said.map((fault) => `${wordOr(`staff.field.${fault.place}`, fault.place)} ${faultText(fault)}`.trim());
  return [known, said.join(t('faultPlace.between')) || problem.detail].filter(Boolean).join(' ');
}

/** A wait in words: seconds up to two minutes, then whole minutes. */
function span(seconds: number): string {
  return seconds <= 120 ? t('seconds', seconds) : t('minutes', Math.ceil(seconds / 60));
}

/** 0:07, 12:30, 1:02:03. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number): string => String(n).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  return minutes >= 60 ? `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** 97.5 %, or that there is no figure where there is nothing to be a share of. */
export const percent = (share: { value?: number } | undefined): string => (share?.value === undefined ? t('noFigure') : `${(share.value * 100).toFixed(1)} %`);

// Times are shown in the desk's zone, wherever the browser stands.
const ZONE = 'Asia/Shanghai';

export const clock = (instant: string): string =>
  new Date(instant).toLocaleString(languageTag.value, { timeZone: ZONE, hour12: false, month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });

export const time = (instant: string): string => new Date(instant).toLocaleTimeString(languageTag.value, { timeZone: ZONE, hour12: false });

export const date = (instant: string): string =>
  new Date(instant).toLocaleDateString(languageTag.value, { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });
