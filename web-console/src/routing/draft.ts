// The draft of the rules that the pages share.
import type { components } from '../api/openapi';
import { get, post, Problem, put } from '../api/http';
import { problemText } from '../words/words';
import { type Said, sentence } from './said';

type Draft = components['schemas']['DraftView'];

const DRAFT = 'main';

export interface DraftText {
  yaml: string;
  /** 0 where there is no draft yet. */
  revision: number;
}

/** The draft that is there, else the rules in force. */
export async function draftOr(version: number): Promise<DraftText> {
  const draft = (await get<{ items: Draft[] }>('/routing/drafts')).items.find((one) => one.name === DRAFT);
  const { yaml } = await get<{ yaml: string }>(draft ? `/routing/drafts/${DRAFT}` : `/routing/versions/${version}`);
  return { yaml, revision: draft?.revision ?? 0 };
}

/** Saves it; gives back what is wrong with it. */
export async function keepDraft(yaml: string, revision: number): Promise<string[]> {
  const saved = await put<{ faults: string[]; said?: Said[] }>(`/routing/drafts/${DRAFT}`, { yaml, revision });
  return saved.faults.map((one) => sentence(one, saved.said));
}

/** What was refused, in the words of the page; where it is the text itself, all that is wrong with it. */
export async function refusalTexts(problem: unknown, yaml: string): Promise<string[]> {
  if (!(problem instanceof Problem) || !problem.expected.length) return [problemText(problem)];
  if (problem.type !== 'faulty-rules') return problem.expected;
  try {
    const checked = await post<{ faults: string[]; said: Said[] }>('/routing/check', { yaml });
    return checked.faults.map((one) => sentence(one, checked.said));
  } catch {
    // The check is away: what was refused is known all the same.
    return problem.expected;
  }
}
