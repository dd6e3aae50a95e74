// Which page is where, and for whom. Pages are fetched when they are first opened.
import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router';
import { isAdmin, overlooks, session } from '../session/session';

/** Who sees a page in the menu; the server decides again what they may have. */
export type Audience = 'agent' | 'everybody' | 'supervisor' | 'admin';

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of its name among the words. */
    name: string;
    icon: string;
    audience: Audience;
    /** One entry of the menu for several pages; they have a menu of their own. */
    group?: Group;
  }
}

export type Group = 'routing' | 'office';
type View = NonNullable<RouteRecordRaw['component']>;

function page(path: string, name: string, icon: string, audience: Audience, component: View): RouteRecordRaw {
  return { path, name, component, meta: { name, icon, audience } };
}

function inGroup(group: Group, path: string, name: string, audience: Audience, component: View): RouteRecordRaw {
  return { path, name, component, meta: { name, icon: group === 'routing' ? 'Share' : 'Setting', audience, group } };
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
  inGroup('routing', '/routing/rules', 'page.rulesOfCalls', 'supervisor', () => import('../routing/RulesPage.vue')),
  inGroup('routing', '/routing/flows', 'page.flows', 'supervisor', () => import('../ivr/FlowsPage.vue')),
  inGroup('routing', '/routing/prompts', 'page.prompts', 'supervisor', () => import('../prompts/PromptsPage.vue')),
  inGroup('routing', '/routing/duty', 'page.duty', 'supervisor', () => import('../routing/DutyPage.vue')),
  inGroup('routing', '/routing/major', 'page.major', 'supervisor', () => import('../routing/MajorIncidentsPage.vue')),
  inGroup('office', '/office/seats', 'page.seats', 'supervisor', () => import('../admin/AgentsAdmin.vue')),
  inGroup('office', '/office/desks', 'page.desks', 'supervisor', () => import('../admin/DesksAdmin.vue')),
  inGroup('office', '/office/sites', 'page.sites', 'supervisor', () => import('../admin/SitesAdmin.vue')),
  inGroup('office', '/rules', 'page.rules', 'admin', () => import('../admin/DeskRulesPage.vue')),
  inGroup('office', '/pauses', 'page.pauses', 'admin', () => import('../admin/PauseReasonsPage.vue')),
  inGroup('office', '/office/accounts', 'page.accounts', 'admin', () => import('../admin/AccountsPage.vue')),
  inGroup('office', '/office/audit', 'page.audit', 'supervisor', () => import('../admin/AuditPage.vue')),
  inGroup('office', '/completeness', 'page.completeness', 'supervisor', () => import('../records/CompletenessPage.vue')),
  inGroup('office', '/office/system', 'page.system', 'supervisor', () => import('../admin/SystemPage.vue')),
];

export interface MenuEntry {
  name: string;
  icon: string;
  path: string;
  group?: Group;
}

/** The menu of somebody: a page an entry, of a group its first page that they may see. */
export function menu(): MenuEntry[] {
  const entries: MenuEntry[] = [];
  for (const { path, meta } of pages) {
    if (!meta || !maySee(meta.audience)) continue;
    if (!meta.group) entries.push({ name: meta.name, icon: meta.icon, path });
    else if (!entries.some((entry) => entry.group === meta.group)) entries.push({ name: `page.${meta.group}`, icon: meta.icon, path, group: meta.group });
  }
  return entries;
}

/** The pages of a group that somebody may see. */
export const pagesOf = (group: Group | undefined): RouteRecordRaw[] => (group ? pages.filter((one) => one.meta?.group === group && maySee(one.meta.audience)) : []);


export function maySee(audience: Audience): boolean {
  switch (audience) {
    case 'agent':
      return session.value?.agent !== undefined;
    case 'everybody':
      return session.value !== null;
    case 'supervisor':
      return overlooks.value;
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
