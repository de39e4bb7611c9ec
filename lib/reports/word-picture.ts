import path from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { ImageRun, Paragraph } from "docx";
import type { Drawing } from "./document.ts";

/** As wide as the page, in the pixels of Word. */
const pictureWidth = 640;
const faces = [
  "noto-sans/400Regular/NotoSans_400Regular",
  "noto-sans/700Bold/NotoSans_700Bold",
  "noto-sans-lao/400Regular/NotoSansLao_400Regular",
  "noto-sans-lao/700Bold/NotoSansLao_700Bold",
];

/** A drawing, with a picture of it for readers that cannot show drawings. */
export function pictureOf({ svg, alt, caption, width, height }: Drawing): Paragraph {
  const fontFiles = faces.map((face) => path.resolve("node_modules/@expo-google-fonts", `${face}.ttf`));
  const picture = new Resvg(svg, {
    fitTo: { mode: "width", value: width * 3 },
    background: "#ffffff",
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: "Noto Sans" },
  });
  return new Paragraph({
    spacing: { before: 120, after: 120 },
    children: [
      new ImageRun({
        type: "svg",
        data: Buffer.from(svg),
        fallback: { type: "png", data: picture.render().asPng() },
        transformation: { width: pictureWidth, height: Math.round((pictureWidth * height) / width) },
        altText: { name: caption, title: caption, description: alt },
      }),
    ],
  });
}
