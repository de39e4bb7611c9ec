"use client";
import "./globals.css";
import en from "#lib/i18n/messages/en/fatal.json" with { type: "json" };
import lo from "#lib/i18n/messages/lo/fatal.json" with { type: "json" };
import vi from "#lib/i18n/messages/vi/fatal.json" with { type: "json" };

/** When not even the frame of the page can be shown. Nobody knows the reader's language then, so it says it in all. */
export default function GlobalError({ retry }: { retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Kept</title>
        <main className="mx-auto grid max-w-lg gap-6 px-4 py-16">
          {Object.entries({ en, vi, lo }).map(([locale, text]) => (
            <section key={locale} lang={locale}>
              <h1 className="text-lg">{text.title}</h1>
              <p className="mb-2">{text.body}</p>
              <button
                type="button"
                onClick={retry}
                className="control rounded-md border border-control px-3 hover:bg-hover"
              >
                {text.retry}
              </button>
            </section>
          ))}
        </main>
      </body>
    </html>
  );
}
