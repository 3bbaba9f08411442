// What happy-dom lacks and Mantine asks for. Nobody is logged in: times are in the zone of this file.
import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

vi.mock('../api/useSession', () => ({
  useProfile: () => ({ user: { time_zone: 'Asia/Jakarta' }, organization: { time_zone: 'UTC' } }),
  useSessionStatus: () => 'in',
}));

window.matchMedia ??= (query: string) =>
  ({ matches: false, media: query, addEventListener() {}, removeEventListener() {} }) as unknown as MediaQueryList;
window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

afterEach(() => {
  cleanup();
  sessionStorage.clear();
});
