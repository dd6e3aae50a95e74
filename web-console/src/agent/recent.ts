// Last used first: what an agent chose lately stands at the top of a list.
const MOST = 8;

export function recent(list: string): string[] {
  return JSON.parse(localStorage.getItem(`cti.recent.${list}`) ?? '[]') as string[];
}

export function used(list: string, value: string): void {
  if (!value) return;
  const next = [value, ...recent(list).filter((other) => other !== value)].slice(0, MOST);
  localStorage.setItem(`cti.recent.${list}`, JSON.stringify(next));
}

/** All values, those used lately before the others. */
export function lastUsedFirst(list: string, values: string[]): string[] {
  const lately = recent(list).filter((value) => values.includes(value));
  return [...lately, ...values.filter((value) => !lately.includes(value))];
}
