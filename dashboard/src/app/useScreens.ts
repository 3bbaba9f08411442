import { useProfile } from '../auth/useSession';
import { type ScreenEntry, screens } from './screens';

/** The screens that this person may see. */
export function useScreens(): ScreenEntry[] {
  const user = useProfile()?.user as { operator?: boolean } | undefined;
  return screens.filter((screen) => !screen.operator || user?.operator);
}
