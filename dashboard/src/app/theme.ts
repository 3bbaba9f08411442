// Theme: one accent, quiet greys with a hint of green-blue, small radii, dense text.
import { createTheme, type MantineColorsTuple, type MantineThemeOverride } from '@mantine/core';
import { accentShades } from './accent';

const GRAY: MantineColorsTuple = [
  '#f6f8f8',
  '#eef1f1',
  '#e1e6e6',
  '#d0d7d7',
  '#b4bdbe',
  '#8c9798',
  '#5b6668',
  '#4b5557',
  '#343c3e',
  '#1f2527',
];
const DARK: MantineColorsTuple = [
  '#dde3e4',
  '#b6c0c2',
  '#94a0a3',
  '#5f6b6e',
  '#3a4447',
  '#2b3336',
  '#1f2628',
  '#171d1f',
  '#111618',
  '#0b0f10',
];

/** `close` is what the crosses of dialogs are called. */
export function themeOf(accent: string, close: string): MantineThemeOverride {
  const closeButtonProps = { 'aria-label': close };
  return createTheme({
    colors: { accent: accentShades(accent), gray: GRAY, dark: DARK },
    primaryColor: 'accent',
    primaryShade: { light: 6, dark: 6 },
    fontFamily: "'Plus Jakarta Sans Variable', system-ui, sans-serif",
    fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
    fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
    defaultRadius: 'md',
    radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
    headings: {
      fontWeight: '650',
      sizes: {
        h1: { fontSize: '1.5rem', lineHeight: '1.25' },
        h2: { fontSize: '1.125rem', lineHeight: '1.35' },
        h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
      },
    },
    focusRing: 'auto',
    respectReducedMotion: true,
    cursorType: 'pointer',
    components: {
      Button: { defaultProps: { size: 'sm' } },
      Modal: {
        defaultProps: {
          centered: true,
          radius: 'lg',
          overlayProps: { backgroundOpacity: 0.45, blur: 2 },
          closeButtonProps,
        },
      },
      Drawer: { defaultProps: { closeButtonProps } },
      Tooltip: { defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: true } } },
      Paper: { defaultProps: { radius: 'lg' } },
      Badge: { defaultProps: { radius: 'sm', tt: 'none' } },
    },
  });
}
