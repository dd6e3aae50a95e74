// Which page is where, and for whom. Pages are fetched when they are first opened.
import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router';
import { isAdmin, isSupervisor, session } from '../session/session';

/** Who sees a page in the menu; the server decides again what they may have. */
export type Audience = 'agent' | 'everybody' | 'supervisor' | 'admin';

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of its name among the words. */
    name: string;
    icon: string;
    audience: Audience;
  }
}

function page(path: string, name: string, icon: string, audience: Audience, component: RouteRecordRaw['component']): RouteRecordRaw {
  return { path, name, component: component!, meta: { name, icon, audience } };
}

export const pages: RouteRecordRaw[] = [
  page('/desk', 'page.desk', 'Headset', 'agent', () => import('../agent/AgentDesk.vue')),
  page('/wallboard', 'page.wallboard', 'DataBoard', 'supervisor', () => import('../supervisor/Wallboard.vue')),
  page('/agents', 'page.agents', 'UserFilled', 'supervisor', () => import('../supervisor/AgentsPage.vue')),
  page('/missed', 'page.missed', 'PhoneFilled', 'everybody', () => import('../records/MissedCasesPage.vue')),
  page('/calls', 'page.calls', 'List', 'everybody', () => import('../records/CallsPage.vue')),
  page('/incidents', 'page.incidents', 'Tickets', 'everybody', () => import('../records/IncidentsPage.vue')),
  page('/recordings', 'page.recordings', 'Microphone', 'everybody', () => import('../records/RecordingsPage.vue')),
  page('/directory', 'page.directory', 'Notebook', 'everybody', () => import('../directory/DirectoryPage.vue')),
  page('/completeness', 'page.completeness', 'CircleCheck', 'supervisor', () => import('../records/CompletenessPage.vue')),
  page('/pauses', 'page.pauses', 'Coffee', 'admin', () => import('../admin/PauseReasonsPage.vue')),
  page('/rules', 'page.rules', 'SetUp', 'admin', () => import('../admin/DeskRulesPage.vue')),
];

export function maySee(audience: Audience): boolean {
  switch (audience) {
    case 'agent':
      return session.value?.agent !== undefined;
    case 'everybody':
      return session.value !== null;
    case 'supervisor':
      return isSupervisor.value;
    case 'admin':
      return isAdmin.value;
  }
}

/** Where somebody begins: their own desk, else the wallboard, else what is left. */
export function home(): string {
  return pages.find((candidate) => maySee(candidate.meta!.audience))?.path ?? '/missed';
}

export const router = createRouter({
  history: createWebHashHistory(),
  // Whatever is no page leads home, once somebody is signed in (Frame.vue).
  routes: [...pages, { path: '/:rest(.*)*', component: { render: () => null } }],
});

router.beforeEach((to) => (session.value && !(to.meta.audience && maySee(to.meta.audience)) ? home() : true));
