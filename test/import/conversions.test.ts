import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeEntities } from '../../import/convert/decode-entities.ts';
import { compileWordRules } from '../../import/convert/match-words.ts';
import { formatAmount, readAmount } from '../../import/convert/read-amount.ts';
import { readGtin } from '../../import/convert/read-gtin.ts';
import { readHours } from '../../import/convert/read-hours.ts';
import { toHandle, toSlug } from '../../import/convert/slug.ts';
import { toTitleCase } from '../../import/convert/title-case.ts';

describe('titles', () => {
  test.each([
    ['WHITE HANGING HEART T-LIGHT HOLDER', 'White Hanging Heart T-Light Holder'],
    ["POPPY'S PLAYHOUSE BEDROOM", "Poppy's Playhouse Bedroom"],
    ['SET OF 4 MUGS AND SPOONS IN A TIN', 'Set of 4 Mugs and Spoons in a Tin'],
    ['POLYESTER FILLER PAD 45x45cm', 'Polyester Filler Pad 45x45cm'],
    ['RED LED NIGHT LIGHT', 'Red LED Night Light'],
    ['S/4 PANTRY JARS', 'S/4 Pantry Jars'],
    ['ÉCLAIR TRAY', 'Éclair Tray'],
    ['Adesso - Mini Keyboard', 'Adesso - Mini Keyboard'],
  ])('%s', (title, expected) => {
    expect(toTitleCase(title, new Set(['LED']))).toBe(expected);
  });

  test('doing it twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z][A-Z '/-]{3,30}$/), (title) => {
        const once = toTitleCase(title, new Set());
        expect(toTitleCase(once, new Set())).toBe(once);
      }),
    );
  });
});

describe('GTINs', () => {
  test.each(['783750002448', '4006381333931', '96385074', '00012345600012'])('%s is right', (gtin) => {
    expect(readGtin(gtin)).toBe(gtin);
  });
  test.each(['783750002449', '4006381333932', '1234567', '123456789', 'abc', '00000000001111111111'])(
    '%s is refused',
    (gtin) => {
      expect(() => readGtin(gtin)).toThrow('GTIN');
    },
  );
  test('no GTIN is none; spaces and hyphens do not count', () => {
    expect(readGtin('')).toBeNull();
    expect(readGtin('4 006381-333931')).toBe('4006381333931');
  });
  test('any one digit that is changed is noticed', () => {
    const arbitrary = fc.tuple(fc.stringMatching(/^\d{12}$/), fc.nat(12), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(arbitrary, ([body, at, add]) => {
        const right = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
          .map((check) => body + check)
          .filter((code) => isRight(code));
        expect(right).toHaveLength(1);
        const [code = ''] = right;
        const wrong = code.slice(0, at) + String((Number(code[at]) + add) % 10) + code.slice(at + 1);
        expect(isRight(wrong)).toBe(false);
      }),
    );
  });
});

function isRight(code: string): boolean {
  try {
    return readGtin(code) === code;
  } catch {
    return false;
  }
}

describe('amounts', () => {
  test('are read by text, in the units of the currency', () => {
    expect(readAmount('2.55', 'GBP', 2)).toBe(255);
    expect(readAmount('265.0', 'SAR', 2)).toBe(26_500);
    expect(readAmount('1.1', 'GBP', 2)).toBe(110);
    expect(readAmount('500', 'JPY', 0)).toBe(500);
  });
  test.each(['0.001', '-1', '', '1e3', '1,50', 'NaN', '12345678901234'])('%s is refused', (text) => {
    expect(() => readAmount(text, 'GBP', 2)).toThrow();
  });
  test('what is written is read again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 900_000_000_000 }), (minor) => {
        const [text = ''] = formatAmount(minor, 'GBP').split(' ');
        expect(readAmount(text, 'GBP', 2)).toBe(minor);
      }),
    );
  });
});

describe('opening hours', () => {
  test('without am and pm', () => {
    expect(readHours('Mon: 10-9:30; Thurs: 12:30-6; Sun: 1-5:30', true)).toEqual([
      { day: 1, opens: '10:00', closes: '21:30' },
      { day: 4, opens: '12:30', closes: '18:00' },
      { day: 7, opens: '13:00', closes: '17:30' },
    ]);
    expect(readHours('Mon: 0-11:59', true)).toEqual([{ day: 1, opens: '00:00', closes: '23:59' }]);
  });
  test('on a clock of 24 hours', () => {
    expect(readHours('Sat 09:00-24:00', false)).toEqual([{ day: 6, opens: '09:00', closes: '00:00' }]);
  });
  test('what cannot be read is refused', () => {
    expect(() => readHours('Mon: by appointment', true)).toThrow('opening hours');
    expect(() => readHours('Mon: 25-26', false)).toThrow('opening hours');
  });
});

test('slugs and handles: accents go, other scripts leave the key, different keys never share a handle', () => {
  expect(toSlug("Poppy's Café & Tea—Set")).toBe('poppys-cafe-tea-set');
  expect(toHandle('White Heart', 'uci', '85123A')).toBe('white-heart-85123a');
  expect(toHandle('日本', 'off', '4901')).toBe('4901');
  expect(toHandle('Same', 's', 'A/1')).not.toBe(toHandle('Same', 's', 'A-1'));
  expect(toHandle('x'.repeat(400), 's', 'k'.repeat(100))).toMatch(/^[a-z0-9][a-z0-9-]{0,127}$/);
});

test('entities are decoded once, and never into half a character', () => {
  expect(decodeEntities('360&#176; &amp;lt; &#x2122; &nbsp;x &bogus; &#xD800;')).toBe(
    '360° &lt; ™  x &bogus; &#xD800;',
  );
});

test('word rules match whole words and their plurals', () => {
  const match = compileWordRules([
    { value: 'Mugs', words: ['mug'] },
    { value: 'Lights', words: ['t-light'] },
    { value: 'Red', words: ['red'] },
  ]);
  expect(match('Set of 4 Mugs with Red T-Lights')).toEqual(['Mugs', 'Lights', 'Red']);
  expect(match('Smuggler, Bored')).toEqual([]);
});
