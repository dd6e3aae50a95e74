// A list that is read page by page, with its filters.
import { ref, shallowRef } from 'vue';
import { get, type Query } from '../api/http';
import type { Page } from '../api/views';
import { problemText } from '../words/words';

/** Reads a resource that answers {items, next}; a newer question makes the answer to an older one void. */
export function paged<T>(path: string, query: () => Query, limit = 50) {
  const items = shallowRef<T[]>([]);
  const next = ref<string>();
  const loading = ref(false);
  const fault = ref('');
  let asked = 0;

  async function read(after?: string): Promise<void> {
    const mine = ++asked;
    loading.value = true;
    fault.value = '';
    try {
      const page = await get<Page<T>>(path, { ...query(), limit, after });
      if (mine !== asked) return;
      items.value = after ? [...items.value, ...page.items] : page.items;
      next.value = page.next;
    } catch (problem) {
      if (mine !== asked) return;
      fault.value = problemText(problem);
      if (!after) items.value = [];
    } finally {
      if (mine === asked) loading.value = false;
    }
  }

  return { items, next, loading, fault, load: () => read(), more: () => read(next.value) };
}
