// A text that leads calls (rules, flow): its versions, the draft that is worked on, checking and publishing.
import { computed, reactive, ref, shallowRef } from 'vue';
import type { components } from '../api/openapi';
import { get, post, Problem, put, remove } from '../api/http';
import { attempt, say } from '../shell/messages';
import { clock, problemText, t } from '../words/words';
import type { Said } from './said';

export type Version = components['schemas']['VersionView'];
type Draft = components['schemas']['DraftView'];

/** What a check says at least. */
export interface Checked {
  faults: string[];
  warnings: string[];
  said?: Said[];
}

/** What is shown in a dialog: a text, or a difference. */
export interface Looking {
  title: string;
  text: string;
  diff: boolean;
}

/** The one draft that the console works on; others are those of the command line. */
const DRAFT = 'main';

/** The text below a path of the API; `load` it first. */
export function useVersionedText<C extends Checked>(root: '/routing' | '/ivr') {
  const versions = shallowRef<Version[]>([]);
  const inForce = ref(0);
  const draft = shallowRef<Draft>();
  const yaml = ref('');
  const kept = ref('');
  const published = ref('');
  const checked = shallowRef<C>();
  const fault = ref('');
  const busy = ref(false);
  const loaded = ref(false);
  const publishing = ref(false);
  const form = reactive<{ comment: string; at?: Date }>({ comment: '' });
  const rolling = shallowRef<Version>();
  const looking = shallowRef<Looking>();
  const changed = computed(() => yaml.value !== kept.value);
  const differs = computed(() => yaml.value !== published.value);

  async function load(): Promise<void> {
    fault.value = '';
    try {
      const all = await get<{ inForce: number; items: Version[] }>(`${root}/versions`);
      versions.value = all.items;
      inForce.value = all.inForce;
      published.value = all.inForce > 0 ? (await get<{ yaml: string }>(`${root}/versions/${all.inForce}`)).yaml : '';
      const drafts = (await get<{ items: Draft[] }>(`${root}/drafts`)).items;
      draft.value = drafts.find((one) => one.name === DRAFT);
      kept.value = draft.value ? (await get<{ yaml: string }>(`${root}/drafts/${DRAFT}`)).yaml : published.value;
      yaml.value = kept.value;
      checked.value = undefined;
      loaded.value = true;
    } catch (problem) {
      fault.value = problemText(problem);
    }
  }

  async function check(): Promise<void> {
    busy.value = true;
    fault.value = '';
    const asked = yaml.value;
    try {
      const answer = await post<C>(`${root}/check`, { yaml: asked });
      // Typed on meanwhile: what was said is of another text.
      if (yaml.value === asked) checked.value = answer;
    } catch (problem) {
      fault.value = problemText(problem);
    } finally {
      busy.value = false;
    }
  }

  async function keep(): Promise<boolean> {
    busy.value = true;
    fault.value = '';
    const text = yaml.value;
    try {
      const saved = await put<Checked & { draft: Draft }>(`${root}/drafts/${DRAFT}`, { yaml: text, revision: draft.value?.revision ?? 0 });
      draft.value = saved.draft;
      kept.value = text;
      checked.value = { ...checked.value, faults: saved.faults, warnings: saved.warnings, said: saved.said } as C;
      return true;
    } catch (problem) {
      fault.value = problemText(problem);
      return false;
    } finally {
      busy.value = false;
    }
  }

  async function askToPublish(): Promise<void> {
    if (changed.value && !(await keep())) return;
    if (!changed.value && !checked.value) await check();
    if (checked.value?.faults.length) return;
    form.comment = '';
    form.at = undefined;
    publishing.value = true;
  }

  async function publish(): Promise<void> {
    if (!form.comment.trim()) {
      fault.value = t('rules.commentNeeded');
      return;
    }
    fault.value = '';
    try {
      // A draft that stands unchanged in the editor may not be on the server yet.
      if (!draft.value && !(await keep())) return;
      await post(`${root}/drafts/${DRAFT}/publish`, { comment: form.comment.trim(), ...(form.at ? { at: form.at.toISOString() } : {}) });
    } catch (problem) {
      if (problem instanceof Problem && problem.expected.length) await check();
      fault.value = problemText(problem);
      return;
    }
    publishing.value = false;
    say('success', t('rules.published'));
    await load();
  }

  async function dropDraft(): Promise<void> {
    if (draft.value && !(await attempt(() => remove(`${root}/drafts/${DRAFT}`)))) return;
    await load();
  }

  function askToRollBack(version: Version): void {
    fault.value = '';
    form.comment = '';
    rolling.value = version;
  }

  async function rollBack(): Promise<void> {
    const version = rolling.value;
    if (!version) return;
    if (!form.comment.trim()) {
      fault.value = t('rules.commentNeeded');
      return;
    }
    fault.value = '';
    try {
      await post(`${root}/versions/${version.version}/rollback`, { comment: form.comment.trim() });
    } catch (problem) {
      fault.value = [problemText(problem), ...(problem instanceof Problem ? problem.expected : [])].join(' ');
      return;
    }
    rolling.value = undefined;
    say('success', t('rules.rolledBack', version.version));
    await load();
  }

  async function withdraw(version: Version): Promise<void> {
    if (await attempt(() => post(`${root}/versions/${version.version}/withdraw`))) await load();
  }

  async function compare(version: Version): Promise<void> {
    await attempt(async () => {
      const { text } = await get<{ text: string }>(`${root}/diff`, { from: version.version, to: inForce.value });
      looking.value = { title: t('rules.diffOf', version.version, inForce.value), text, diff: true };
    });
  }

  async function showDraftDiff(): Promise<void> {
    if (changed.value && !(await keep())) return;
    if (!draft.value) return;
    await attempt(async () => {
      const { text } = await get<{ text: string }>(`${root}/diff`, { to: DRAFT });
      looking.value = { title: t('rules.draftDiff'), text, diff: true };
    });
  }

  async function showText(version: Version): Promise<void> {
    await attempt(async () => {
      const { yaml: text } = await get<{ yaml: string }>(`${root}/versions/${version.version}`);
      looking.value = { title: t('rules.version', version.version), text, diff: false };
    });
  }

  const scheduled = (version: Version): boolean => !version.withdrawnAt && Date.parse(version.activeFrom) > Date.now();

  function state(version: Version): string {
    if (version.inForce) return t('rules.inForce');
    if (version.withdrawnAt) return t('rules.withdrawn');
    return scheduled(version) ? t('rules.scheduled', clock(version.activeFrom)) : t('rules.earlier');
  }

  return reactive({
    versions,
    inForce,
    draft,
    yaml,
    published,
    checked,
    fault,
    busy,
    loaded,
    publishing,
    form,
    rolling,
    looking,
    changed,
    differs,
    load,
    check,
    keep,
    askToPublish,
    publish,
    dropDraft,
    askToRollBack,
    rollBack,
    withdraw,
    compare,
    showDraftDiff,
    showText,
    scheduled,
    state,
  });
}

export type VersionedText = ReturnType<typeof useVersionedText<Checked>>;
