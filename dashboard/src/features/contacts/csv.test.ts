import { expect, test } from 'vitest';
import { beginning, columnsOf, csvField, records } from './csv';

test('the delimiter is told by the header; quotes hold delimiters and line breaks', () => {
  expect(records('nama;hp\n"Budi; Santoso";"0812\n""x"""\n', 9)).toEqual([
    ['nama', 'hp'],
    ['Budi; Santoso', '0812\n"x"'],
  ]);
});

test('only the beginning is looked at, and a byte order mark is no part of the first name', async () => {
  const file = new File(['\uFEFFphone,name\r\n1,a\r\n\r\n2,b\r\n3,c\r\n'], 'people.csv');
  expect(await beginning(file, 2)).toEqual({
    header: ['phone', 'name'],
    rows: [
      ['1', 'a'],
      ['2', 'b'],
    ],
  });
});

test('the first line names the columns, whatever separates them', async () => {
  const columns = (text: string) => columnsOf(new File([text], 'people.csv'));
  expect(await columns('phone,name,,name\n+62,Ani')).toEqual(['phone', 'name']);
  expect(await columns('\uFEFFNomor HP;Nama\r\n0812;Ani')).toEqual(['Nomor HP', 'Nama']);
  expect(await columns('a\tb|c')).toEqual(['a', 'b|c']);
  expect(await columns('"number, mobile",name')).toEqual(['number, mobile', 'name']);
  expect(await columns('')).toEqual([]);
});

test('no spreadsheet runs what we write', () => {
  expect(csvField('=1+1')).toBe("'=1+1");
  expect(csvField('+62+1')).toBe("'+62+1");
  expect(csvField('+6281234567890')).toBe('+6281234567890');
  expect(csvField('a "b", c')).toBe('"a ""b"", c"');
  expect(csvField(null)).toBe('');
});
