"use client";
import { useSyncExternalStore } from "react";
import { Icon } from "#components/ui/icon.tsx";

/** Says, while it is so, that the network is away. */
export function OfflineBanner({ children }: { children: string }) {
  const online = useSyncExternalStore(subscribe, isOnline, assumeOnline);
  return (
    <div role="status" className="print:hidden">
      {!online && (
        <p className="flex items-center justify-center gap-2 bg-caution-soft px-4 py-1.5 font-medium text-caution">
          <Icon name="offline" />
          <span>{children}</span>
        </p>
      )}
    </div>
  );
}

function subscribe(listener: () => void) {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

const isOnline = () => navigator.onLine;
const assumeOnline = () => true;
