import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { IconArrowRight, IconLanguage, IconLogout, IconMoon, IconSearch, IconSun } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useProfile } from '../api/useSession';
import { useLogout } from '../features/accounts/useLogout';
import { LANGUAGES } from '../i18n';
import { jump } from './jump';
import { useLooks } from './useLooks';
import { useScreens } from './useScreens';

/** Every screen and the key actions, by a few letters of their name; and one thing, by its id or number. */
export default function Palette() {
  const { t } = useTranslation('nav');
  const screens = useScreens();
  const go = useNavigate();
  const looks = useLookActions();
  const operator = useProfile()?.user.operator ?? false;
  const [query, setQuery] = useState('');
  const found = jump(query, operator);
  const size = { size: 18, stroke: 1.7 };
  const actions: SpotlightActionData[] = screens.flatMap(({ path, nav, actions = [] }) => [
    ...(nav
      ? [
          {
            id: path,
            label: t(`screen.${nav.name}`),
            leftSection: <nav.icon {...size} />,
            onClick: () => void go(path),
          },
        ]
      : []),
    ...actions.map(({ name, to }) => ({
      id: to,
      label: t(`action.${name}`),
      leftSection: <IconArrowRight {...size} />,
      onClick: () => void go(to),
    })),
  ]);
  const open: SpotlightActionData[] = found
    ? [
        {
          id: 'open',
          label: t('palette.jump', { what: query }),
          leftSection: <IconArrowRight {...size} />,
          onClick: () => void go(found),
        },
      ]
    : [];
  return (
    <Spotlight
      actions={[...open, ...actions, ...looks]}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      maxHeight={420}
      nothingFound={t('palette.nothing')}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: t('palette.search'),
        'aria-label': t('palette.search'),
      }}
    />
  );
}

function useLookActions(): SpotlightActionData[] {
  const { t } = useTranslation('nav');
  const { language, theme, setLanguage, setTheme } = useLooks();
  const logout = useLogout();
  const dark = theme === 'dark';
  const other = language === 'id' ? 'en' : 'id';
  const size = { size: 18, stroke: 1.7 };
  return [
    {
      id: 'theme',
      label: dark ? t('palette.light') : t('palette.dark'),
      leftSection: dark ? <IconSun {...size} /> : <IconMoon {...size} />,
      onClick: () => setTheme(dark ? 'light' : 'dark'),
    },
    {
      id: 'language',
      label: LANGUAGES[other],
      leftSection: <IconLanguage {...size} />,
      onClick: () => setLanguage(other),
    },
    { id: 'logout', label: t('user.logout'), leftSection: <IconLogout {...size} />, onClick: () => void logout() },
  ];
}
