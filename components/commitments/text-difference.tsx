import { Fragment } from "react";
import { type Piece, textDifference } from "#lib/commitments/text-difference.ts";

/** What changed in a text, within the words around it. */
export function TextDifference({ lang, before, after }: { lang: string | undefined; before: string; after: string }) {
  return (
    <span lang={lang} className="whitespace-pre-line">
      {textDifference(before, after).map(({ kind, text }, index) => (
        <Fragment key={`${kind} ${index === 0 ? "first" : "later"}`}>{piece(kind, text)}</Fragment>
      ))}
    </span>
  );
}

function piece(kind: Piece["kind"], text: string) {
  if (kind === "same") return text;
  return kind === "gone" ? (
    <del className="bg-critical-soft text-critical">{text}</del>
  ) : (
    <ins className="bg-positive-soft text-positive">{text}</ins>
  );
}
