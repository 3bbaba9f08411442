import { Kbd, UnstyledButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './PaletteButton.module.css';

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Opens the palette, and says which keys do. The palette itself is loaded after the first screen. */
export function PaletteButton() {
  const { t } = useTranslation('nav');
  const spotlight = async () => (await import('@mantine/spotlight')).spotlight;
  const open = () => void spotlight().then((palette) => palette.open());
  const toggle = () => void spotlight().then((palette) => palette.toggle());
  // Handled here, so that the keys work before the palette is loaded and while typing.
  useHotkeys([['mod+K', toggle]], [], true);
  return (
    <UnstyledButton className={classes.button} onClick={open}>
      <IconSearch size={16} aria-hidden="true" />
      <span>{t('palette.open')}</span>
      <Kbd size="xs">{isMac ? '⌘ K' : 'Ctrl K'}</Kbd>
    </UnstyledButton>
  );
}
