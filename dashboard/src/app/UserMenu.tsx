import { Avatar, type MantineColorScheme, Menu, SegmentedControl, Text, UnstyledButton } from '@mantine/core';
import { IconDeviceDesktop, IconLogout, IconMoon, IconSelector, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useProfile } from '../api/useSession';
import { useLogout } from '../features/accounts/useLogout';
import { LANGUAGES, type Language } from '../i18n';
import classes from './UserMenu.module.css';
import { useLooks } from './useLooks';

/** Account menu: person, organization, language, theme. */
export function UserMenu() {
  const { t } = useTranslation('nav');
  const profile = useProfile();
  const looks = useLooks();
  const logout = useLogout();
  return (
    <Menu position="top-start" width={240} offset={6}>
      <Menu.Target>
        <UnstyledButton className={classes.button} aria-label={t('user.menu')}>
          <Avatar size={30} radius="md" color="accent" name={profile?.user.name} />
          <span className={classes.words}>
            <Text size="sm" fw={600} truncate>
              {profile?.organization.name}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {profile?.user.name}
            </Text>
          </span>
          <IconSelector size={16} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('user.theme')}</Menu.Label>
        <ThemeSwitch value={looks.theme} onChange={looks.setTheme} />
        <Menu.Label>{t('user.language')}</Menu.Label>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('user.language')}
          value={looks.language}
          onChange={(value) => looks.setLanguage(value as Language)}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({
            value,
            label: value === 'id' ? 'Indonesia' : label,
          }))}
        />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void logout()}>
          {t('user.logout')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function ThemeSwitch(props: { value: MantineColorScheme; onChange: (theme: MantineColorScheme) => void }) {
  const { t } = useTranslation('nav');
  const option = (value: MantineColorScheme, Icon: typeof IconSun) => ({
    value,
    label: <Icon size={16} aria-label={t(`theme.${value}`)} />,
  });
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={t('user.theme')}
      value={props.value}
      onChange={(value) => props.onChange(value as MantineColorScheme)}
      data={[option('light', IconSun), option('dark', IconMoon), option('auto', IconDeviceDesktop)]}
    />
  );
}
