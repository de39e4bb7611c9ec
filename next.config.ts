import type { NextConfig } from "next";

const config: NextConfig = {
  distDir: process.env.KEPT_DIST || ".next",
  reactStrictMode: true,
  poweredByHeader: false,
  // lib/start/server.ts compresses, and no answer of ours may be kept by a cache, so tags of their content are of no use.
  compress: false,
  generateEtags: false,
  // The image optimizer has had holes, and our images are few and small.
  images: { unoptimized: true },
  // `npm run check` checks types.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  experimental: { serverActions: { bodySizeLimit: "2mb" } },
  // Loaded as they are: native code, and clients that keep connections.
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/client",
    "@prisma/adapter-pg",
    "pg",
    "postgres",
    "@myriaddreamin/typst-ts-node-compiler",
    "@resvg/resvg-js",
    "docx",
    "write-excel-file",
  ],
};

export default config;
