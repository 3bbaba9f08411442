import { useProfile } from '../api/useSession';
import { type ScreenEntry, screens } from './screens';

/** The screens that this person may see. */
export function useScreens(): ScreenEntry[] {
  const operator = useProfile()?.user.operator;
  return screens.filter((screen) => !screen.operator || operator);
}
