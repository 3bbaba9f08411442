// From one colour of the organization to the ten shades that Mantine wants. White text on shade 6 and up must be
// readable (4.5:1), whatever was chosen, so a pale colour is darkened first; shade 4 and down is for dark backgrounds.
import type { MantineColorsTuple } from '@mantine/core';

export const DEFAULT_ACCENT = '#0b6e69';

type Rgb = [number, number, number];

export function parse(hex: string): Rgb {
  const value = /^#[0-9a-f]{6}$/i.test(hex) ? hex : DEFAULT_ACCENT;
  return [1, 3, 5].map((at) => Number.parseInt(value.slice(at, at + 2), 16)) as Rgb;
}

const print = (rgb: Rgb) => `#${rgb.map((c) => Math.round(c).toString(16).padStart(2, '0')).join('')}`;
const mix = (a: Rgb, b: Rgb, part: number) => a.map((c, i) => c + ((b[i] ?? 0) - c) * part) as Rgb;

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((c) => {
    const s = c / 255;
    return s <= 0.040_45 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(parse(a)), luminance(parse(b))];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];

export function accentShades(hex: string): MantineColorsTuple {
  let base = parse(hex);
  while (contrast(print(base), '#ffffff') < 5.2) base = mix(base, BLACK, 0.06);
  const lighter = [0.94, 0.86, 0.72, 0.56, 0.42, 0.2].map((part) => print(mix(base, WHITE, part)));
  const darker = [0.14, 0.28, 0.42].map((part) => print(mix(base, BLACK, part)));
  return [...lighter, print(base), ...darker] as unknown as MantineColorsTuple;
}
