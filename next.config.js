import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./lib/server/i18n.ts");

/** @type {import("next").NextConfig} */
const nextConfig = {
  // Another folder lets two builds of one clone stand side by side.
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ["@electric-sql/pglite", "pglite-prisma-adapter"],
  // Bundled, the clients of Kubernetes and AWS are a few files instead of a thousand to find and parse at every start; pages are read when first asked for.
  experimental: { preloadEntriesOnStart: false, serverActions: { bodySizeLimit: "256kb" } },
  // A redirect from a page comes after its first bytes and reloads in the reader's face; this one comes before.
  redirects: async () => [{ source: "/settings", destination: "/settings/teams", permanent: false }],
  // lib/server/guard.ts marks the wall of a browser with a wall cookie: its page stands outside the portal's own layout.
  rewrites: async () => ({
    beforeFiles: [{ source: "/topology", has: [{ type: "header", key: "x-trellis-screen", value: "1" }], destination: "/wall/screen" }],
  }),
  // `npm run check` runs tsc over the whole project; a second run inside every build would only cost time.
  typescript: { ignoreBuildErrors: true },
};

export default withNextIntl(nextConfig);
