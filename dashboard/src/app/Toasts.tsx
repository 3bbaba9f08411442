import { Notifications } from '@mantine/notifications';

/** Short messages in the corner; loaded after the first screen. */
export default function Toasts() {
  return <Notifications position="bottom-right" limit={4} />;
}
