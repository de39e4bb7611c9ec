import fc from "fast-check";
import { expect, test } from "vitest";
import { textDifference } from "#lib/commitments/text-difference.ts";

test("only the words that changed are marked", () => {
  expect(textDifference("A school in Vientiane", "A hospital in Vientiane")).toEqual([
    { kind: "same", text: "A " },
    { kind: "gone", text: "school " },
    { kind: "come", text: "hospital " },
    { kind: "same", text: "in Vientiane" },
  ]);
});

test("Lao is cut between letters with their vowels and tone marks, never within", () => {
  const pieces = textDifference("ໂຮງໝໍຂັ້ນເມືອງ", "ໂຮງໝໍຂັ້ນແຂວງ");
  expect(pieces[0]).toEqual({ kind: "same", text: "ໂຮງໝໍຂັ້ນ" });
  for (const { text } of pieces) expect(text).not.toMatch(/^\p{M}/u);
});

test("a text that is new or gone is one piece", () => {
  expect(textDifference("", "new words")).toEqual([{ kind: "come", text: "new words" }]);
  expect(textDifference("old words", "")).toEqual([{ kind: "gone", text: "old words" }]);
  expect(textDifference("same", "same")).toEqual([{ kind: "same", text: "same" }]);
});

test("long stretches without a change are cut to what is next to it", () => {
  const around = "word ".repeat(100);
  const pieces = textDifference(`${around}old ${around}`, `${around}new ${around}`);
  expect(pieces.map(({ kind }) => kind)).toEqual(["same", "gone", "come", "same"]);
  expect(pieces[0]?.text.startsWith("…")).toBe(true);
  expect(pieces[3]?.text.endsWith("…")).toBe(true);
});

test("nothing that went or came is left out, and short texts come back whole", () => {
  const words = fc
    .array(fc.constantFrom("a", "b ", "ຂັ້ນ", "Hà ", "\n", "—"), { maxLength: 10 })
    .map((all) => all.join(""));
  fc.assert(
    fc.property(words, words, (before, after) => {
      const pieces = textDifference(before, after);
      const without = (kind: string) =>
        pieces
          .filter((piece) => piece.kind !== kind)
          .map(({ text }) => text)
          .join("");
      expect(without("come")).toBe(before);
      expect(without("gone")).toBe(after);
    }),
  );
});
