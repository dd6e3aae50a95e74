// Light or dark: as the person chose, else as their system is set.
import { ref } from 'vue';

const KEPT = 'cti.theme';
const system = matchMedia('(prefers-color-scheme: dark)');

export const dark = ref(false);

function show(): void {
  const kept = localStorage.getItem(KEPT);
  dark.value = kept ? kept === 'dark' : system.matches;
  document.documentElement.classList.toggle('dark', dark.value);
}

export function followTheme(): void {
  show();
  system.addEventListener('change', show);
}

export function toggleTheme(): void {
  localStorage.setItem(KEPT, dark.value ? 'light' : 'dark');
  show();
}
