import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Bits } from './bits.ts';

it('holds what a set of numbers holds', () => {
  const step = fc.record({ row: fc.nat(200), isIn: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const bits = new Bits();
      const model = new Set<number>();
      for (const { row, isIn } of steps) {
        expect(isIn ? bits.add(row) : bits.delete(row)).toBe(model.has(row) !== isIn);
        if (isIn) model.add(row);
        else model.delete(row);
      }
      const forward: number[] = [];
      for (let row = bits.next(0); row !== -1; row = bits.next(row + 1)) forward.push(row);
      const backward: number[] = [];
      for (let row = bits.before(bits.end); row !== -1; row = bits.before(row - 1)) {
        backward.push(row);
      }
      expect(forward).toEqual([...model].sort((a, b) => a - b));
      expect(backward).toEqual(forward.toReversed());
      expect(bits.count()).toBe(model.size);
      const copy = bits.copy();
      bits.clear();
      expect(copy.count()).toBe(model.size);
      expect(bits.count()).toBe(0);
    }),
  );
});
