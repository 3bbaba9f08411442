import { Kbd, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './PaletteButton.module.css';

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Opens the palette, and says which keys do. The palette itself is loaded after the first screen. */
export function PaletteButton() {
  const { t } = useTranslation('nav');
  const open = () => void import('@mantine/spotlight').then(({ spotlight }) => spotlight.open());
  return (
    <UnstyledButton className={classes.button} onClick={open}>
      <IconSearch size={16} aria-hidden="true" />
      <span>{t('palette.open')}</span>
      <Kbd size="xs">{isMac ? '⌘ K' : 'Ctrl K'}</Kbd>
    </UnstyledButton>
  );
}
