"use client";
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { listen } from "#components/ui/listen.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** More are not counted. */
const most = 100;

/**
 * The way to the inbox, with how much of it is unread: asked for once the page is there, so that no page waits for it, and
 * told as it changes. Every page hears of it by the event `kept:inbox`.
 */
export function InboxLink() {
  const t = useTranslator();
  const [unread, setUnread] = useState(0);
  const [news, setNews] = useState("");
  const last = useRef<number | null>(null);
  useEffect(
    () =>
      listen<{ unread: number }>("/api/inbox", ({ unread: count }) => {
        // What was there when the page opened is no news.
        if (last.current !== null && count > last.current) setNews(t("inbox.bar.news", { count }));
        last.current = count;
        setUnread(count);
        window.dispatchEvent(new Event("kept:inbox"));
      }),
    [t],
  );
  const many = unread >= most;
  const count = many ? most - 1 : unread;
  return (
    <>
      <Link
        href="/inbox"
        prefetch={false}
        className="control relative grid min-w-8 place-items-center rounded-md text-ink no-underline hover:bg-hover hover:text-ink"
      >
        <Icon name="bell" />
        <span className="sr-only">
          {t("inbox.bar.link")}
          {unread > 0 && `: ${t(many ? "inbox.bar.many" : "inbox.bar.unread", { count })}`}
        </span>
        {unread > 0 && (
          <span
            aria-hidden="true"
            className="absolute end-0 top-0 min-w-4 rounded-full bg-accent px-1 text-center text-xs leading-4 font-semibold text-on-accent tabular-nums"
          >
            {many ? t("inbox.bar.most", { count }) : count}
          </span>
        )}
      </Link>
      <span role="status" className="sr-only">
        {news}
      </span>
    </>
  );
}
