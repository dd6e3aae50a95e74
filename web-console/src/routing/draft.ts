// The draft of the rules that the pages share.
import type { components } from '../api/openapi';
import { get, put } from '../api/http';

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
  return (await put<{ faults: string[] }>(`/routing/drafts/${DRAFT}`, { yaml, revision })).faults;
}
