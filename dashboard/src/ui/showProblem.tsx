import { notifications } from '@mantine/notifications';
import { asFault } from '../api/problem';
import { ProblemText, ProblemTitle } from '../components/ProblemWords';

/** Tells of a problem in the corner, where no form or list is there to show it. */
export function showProblem(error: unknown): void {
  const fault = asFault(error);
  notifications.show({
    color: 'red',
    title: <ProblemTitle fault={fault} />,
    message: <ProblemText fault={fault} />,
  });
}
