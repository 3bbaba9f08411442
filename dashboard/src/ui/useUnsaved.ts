import type { UseFormReturnType } from '@mantine/form';
import { useEffect, useRef } from 'react';

const PREFIX = 'wahana-draft:';

/** Forgets all drafts: somebody else may log in next. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}

/** Forgets one draft. */
export function forgetDraft(name: string): void {
  sessionStorage.removeItem(PREFIX + name);
}

/**
 * Keeps what is typed over a reload, a server restart, a lost login; asks before the tab is closed. Call `saved` when
 * it was sent. Never for secrets: it is kept in this tab's storage.
 */
export function useUnsaved<Values extends Record<string, unknown>>(
  name: string,
  form: UseFormReturnType<Values>,
): { saved: () => void } {
  const key = PREFIX + name;
  const restored = useRef(false);
  const values = JSON.stringify(form.getValues());

  useEffect(() => {
    if (restored.current) return;
    restored.current = true;
    const draft = sessionStorage.getItem(key);
    if (draft) form.setValues({ ...form.getValues(), ...(JSON.parse(draft) as Partial<Values>) });
  }, [key, form]);

  const dirty = form.isDirty();
  useEffect(() => {
    if (!restored.current || !dirty) return;
    sessionStorage.setItem(key, values);
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [key, values, dirty]);

  return { saved: () => sessionStorage.removeItem(key) };
}
