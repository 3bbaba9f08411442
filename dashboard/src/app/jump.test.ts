import { expect, test } from 'vitest';
import { jump } from './jump';

test('an id leads to the thing it names', () => {
  expect(jump(' msg_01m84ncs8jfmxag4mcq1maax26 ', false)).toBe('/messages/msg_01m84ncs8jfmxag4mcq1maax26');
  expect(jump('req_5554bdaa2fcc904ac8ec276d', false)).toBe('/developers?tab=log&request=req_5554bdaa2fcc904ac8ec276d');
});

test('a number leads to its messages, and words lead nowhere', () => {
  expect(jump('+62 812-1130-5667', false)).toBe('/messages?phone=%2B62%20812-1130-5667');
  expect(jump('sessions', true)).toBeUndefined();
});

test('jobs are for operators', () => {
  expect(jump('job_01m84ncs8jfmxag4mcq1maax26', false)).toBeUndefined();
  expect(jump('job_01m84ncs8jfmxag4mcq1maax26', true)).toContain('/operations');
});
