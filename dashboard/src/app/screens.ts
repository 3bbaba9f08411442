// Every screen of the app: address, code to load, place in menu and palette.
// Names of menu entries and actions are in i18n/*/nav.json.
import {
  IconAddressBook,
  IconCode,
  IconDeviceMobile,
  IconHome2,
  IconInbox,
  IconMessage2,
  IconServerCog,
  IconSettings,
  IconSpeakerphone,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';

export interface ScreenEntry {
  path: string;
  load: () => Promise<{ default: ComponentType }>;
  nav?: { name: string; group: Group; icon: TablerIcon };
  /** Key actions for the palette: name and address. */
  actions?: { name: string; to: string }[];
  /** Only for operators. */
  operator?: boolean;
}

export const GROUPS = ['work', 'reach', 'build', 'run', 'own'] as const;
export type Group = (typeof GROUPS)[number];

export const screens: ScreenEntry[] = [
  {
    path: '/',
    load: () => import('../features/home/HomeScreen'),
    nav: { name: 'home', group: 'work', icon: IconHome2 },
  },
  {
    path: '/sessions',
    load: () => import('../features/sessions/SessionsScreen'),
    nav: { name: 'sessions', group: 'reach', icon: IconDeviceMobile },
    actions: [{ name: 'newSession', to: '/sessions?new' }],
  },
  {
    path: '/campaigns',
    load: () => import('../features/campaigns/CampaignsScreen'),
    nav: { name: 'campaigns', group: 'reach', icon: IconSpeakerphone },
    actions: [{ name: 'newCampaign', to: '/campaigns/new' }],
  },
  { path: '/campaigns/new', load: () => import('../features/campaigns/NewCampaignScreen') },
  { path: '/campaigns/:id', load: () => import('../features/campaigns/live/CampaignScreen') },
  { path: '/campaigns/:id/edit', load: () => import('../features/campaigns/wizard/EditCampaignScreen') },
  { path: '/sessions/:id', load: () => import('../features/sessions/session/SessionScreen') },
  { path: '/sessions/:id/pair', load: () => import('../features/sessions/pairing/PairingScreen') },
  {
    path: '/developers',
    load: () => import('../features/accounts/developers/DevelopersScreen'),
    nav: { name: 'developers', group: 'build', icon: IconCode },
    actions: [{ name: 'newKey', to: '/developers?new' }],
  },
  {
    path: '/operations',
    load: () => import('../features/operator/OperationsScreen'),
    nav: { name: 'operations', group: 'run', icon: IconServerCog },
    operator: true,
  },
  {
    path: '/settings',
    load: () => import('../features/accounts/settings/SettingsScreen'),
    nav: { name: 'settings', group: 'own', icon: IconSettings },
  },
  {
    path: '/inbox',
    load: () => import('../features/inbox/InboxScreen'),
    nav: { name: 'inbox', group: 'work', icon: IconInbox },
  },
  {
    path: '/messages',
    load: () => import('../features/messages/MessagesScreen'),
    nav: { name: 'messages', group: 'reach', icon: IconMessage2 },
    actions: [{ name: 'newMessage', to: '/messages/new' }],
  },
  { path: '/messages/new', load: () => import('../features/messages/ComposeScreen') },
  { path: '/messages/:id', load: () => import('../features/messages/MessageScreen') },
  {
    path: '/contacts',
    load: () => import('../features/contacts/ContactsScreen'),
    nav: { name: 'contacts', group: 'reach', icon: IconAddressBook },
    actions: [
      { name: 'newContact', to: '/contacts?new' },
      { name: 'importContacts', to: '/contacts/import' },
      { name: 'checkNumbers', to: '/contacts/check' },
    ],
  },
  { path: '/contacts/import', load: () => import('../features/imports/ImportScreen') },
  { path: '/contacts/check', load: () => import('../features/contacts/CheckScreen') },
  { path: '/contacts/suppressions', load: () => import('../features/contacts/SuppressionsScreen') },
];
