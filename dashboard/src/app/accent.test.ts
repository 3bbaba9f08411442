import { expect, test } from 'vitest';
import { accentShades, contrast } from './accent';

test('white text is readable on the accent, whatever the organization chose', () => {
  for (const chosen of ['#0b6e69', '#ffe066', '#ffffff', '#ff0000', '#000000', 'nonsense']) {
    const shades = accentShades(chosen);
    expect(shades).toHaveLength(10);
    expect(contrast(shades[6], '#ffffff')).toBeGreaterThanOrEqual(4.5);
    expect(contrast(shades[4], '#16191d')).toBeGreaterThanOrEqual(3);
  }
});
