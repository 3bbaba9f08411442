// Language and theme, shared by all devices of a person.
import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import type { Model } from '../api/types';
import { useProfile } from '../api/useSession';
import { chooseLanguage, type Language } from '../i18n';

type Profile = Model<'UpdateProfile'>;

/** What is chosen now, and how to choose otherwise: shown at once, and kept with the person. */
export function useLooks() {
  const client = useQueryClient();
  const { i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const keep = async (body: Profile) => {
    await api.PUT('/api/v1/user/profile', { body });
    await client.invalidateQueries({ queryKey: ['get', '/api/v1/user/profile'] });
  };
  return {
    language: i18n.language as Language,
    theme: colorScheme,
    setLanguage: (language: Language) => {
      chooseLanguage(language);
      void keep({ language });
    },
    setTheme: (theme: MantineColorScheme) => {
      setColorScheme(theme);
      void keep({ theme: theme === 'auto' ? 'system' : theme });
    },
  };
}

/** Follows what the person chose, here or on another device; who chose no language has the organization's. */
export function useFollowLooks(): void {
  const profile = useProfile();
  const { setColorScheme } = useMantineColorScheme();
  const language = profile?.user.language ?? profile?.organization.language;
  const theme = profile?.user.theme;
  useEffect(() => {
    if (language) chooseLanguage(language);
  }, [language]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a choice made here stands until the profile changes
  useEffect(() => {
    if (theme) setColorScheme(theme === 'system' ? 'auto' : theme);
  }, [theme]);
}
