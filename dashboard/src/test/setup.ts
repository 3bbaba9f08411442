// What happy-dom lacks and Mantine asks for. Nobody is logged in: times are in the zone of this file.
import { cleanup, configure } from '@testing-library/react';
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

// Waits end with what they wait for, also on a slow machine.
configure({ asyncUtilTimeout: 60_000 });

afterEach(() => {
  cleanup();
  sessionStorage.clear();
});
