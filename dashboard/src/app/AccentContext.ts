import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { DEFAULT_ACCENT } from './accent';

const STORED = 'wahana-accent';

interface Accent {
  color: string;
  set: (color: string | null | undefined) => void;
}

export const AccentContext = createContext<Accent>({ color: DEFAULT_ACCENT, set: () => {} });

/** The colour of the organization that was here last, so that a reload does not change colours. */
export function useAccentState(): Accent {
  const [color, setColor] = useState(() => localStorage.getItem(STORED) ?? DEFAULT_ACCENT);
  const set = useCallback((chosen: string | null | undefined) => setColor(chosen ?? DEFAULT_ACCENT), []);
  useEffect(() => localStorage.setItem(STORED, color), [color]);
  return useMemo(() => ({ color, set }), [color, set]);
}

export const useAccent = () => useContext(AccentContext);
