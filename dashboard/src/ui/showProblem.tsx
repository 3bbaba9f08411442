import { notifications } from '@mantine/notifications';
import { asFault } from '../api/problem';
import { ProblemText, ProblemTitle } from '../components/ProblemWords';

/** Shows a problem as a toast, where no form or list can show it. */
export function showProblem(error: unknown): void {
  const fault = asFault(error);
  notifications.show({
    color: 'red',
    title: <ProblemTitle fault={fault} />,
    message: <ProblemText fault={fault} />,
  });
}
