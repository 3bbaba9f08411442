import { expect, test } from 'vitest';
import { columnsOf } from './csvColumns';

test('the first line names the columns, whatever separates them', () => {
  expect(columnsOf('phone,name,city\n+62,Ani,Depok')).toEqual(['phone', 'name', 'city']);
  expect(columnsOf('\uFEFFNomor HP;Nama\r\n0812;Ani')).toEqual(['Nomor HP', 'Nama']);
  expect(columnsOf('a\tb|c')).toEqual(['a', 'b|c']);
  expect(columnsOf('"number, mobile",name')).toEqual(['number, mobile', 'name']);
  expect(columnsOf('')).toEqual([]);
});
